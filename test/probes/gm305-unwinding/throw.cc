// Prints "caught" where unwinding works, and aborts where the unwinder finds no table. Built by g++, linked by musl-gcc.
extern "C" int puts(const char *);

int main()
{
	try {
		throw 1;
	} catch (int) {
		puts("caught");
	}
}
