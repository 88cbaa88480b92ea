// getcontext, setcontext, makecontext and swapcontext, which musl declares and does not have. Layout: musl's
// arch/*/bits/signal.h, which is the kernel's and, in what is used here, glibc's. The signal mask is kept and set as
// glibc does it, so a switch costs a system call.
#include "shim.h"
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <ucontext.h>

#define AT(member, offset) _Static_assert(offsetof(ucontext_t, member) == (offset), #member)

int getcontext(ucontext_t *);
int setcontext(const ucontext_t *);
__attribute__((visibility("hidden"))) void gomusl_context_returns(void);

SHIM int swapcontext(ucontext_t *restrict from, const ucontext_t *restrict to)
{
	// This frame stays, so the second return of getcontext finds the variable as it was left.
	volatile int gone = 0;
	if (getcontext(from) != 0)
		return -1;
	if (gone)
		return 0;
	gone = 1;
	return setcontext(to);
}

#if defined(__x86_64__)

AT(uc_link, 8);
AT(uc_stack, 16);
AT(uc_mcontext, 40);
AT(uc_sigmask, 296);
AT(__fpregs_mem, 424);

__asm__(
	".pushsection .text.getcontext,\"ax\",@progbits\n"
	".weak getcontext\n"
	".type getcontext, @function\n"
	"getcontext:\n"
	"	mov %r8, 40(%rdi)\n"
	"	mov %r9, 48(%rdi)\n"
	"	mov %r12, 72(%rdi)\n"
	"	mov %r13, 80(%rdi)\n"
	"	mov %r14, 88(%rdi)\n"
	"	mov %r15, 96(%rdi)\n"
	"	mov %rdi, 104(%rdi)\n"
	"	mov %rsi, 112(%rdi)\n"
	"	mov %rbp, 120(%rdi)\n"
	"	mov %rbx, 128(%rdi)\n"
	"	mov %rdx, 136(%rdi)\n"
	"	mov %rcx, 152(%rdi)\n"
	"	lea 8(%rsp), %rcx\n"
	"	mov %rcx, 160(%rdi)\n"
	"	mov (%rsp), %rcx\n"
	"	mov %rcx, 168(%rdi)\n"
	"	lea 424(%rdi), %rcx\n"
	"	mov %rcx, 224(%rdi)\n"
	"	fnstenv (%rcx)\n"
	"	fldenv (%rcx)\n"
	"	stmxcsr 24(%rcx)\n"
	// rt_sigprocmask(SIG_BLOCK, 0, &uc_sigmask, 8)
	"	lea 296(%rdi), %rdx\n"
	"	xor %edi, %edi\n"
	"	xor %esi, %esi\n"
	"	mov $8, %r10d\n"
	"	mov $14, %eax\n"
	"	syscall\n"
	"	xor %eax, %eax\n"
	"	ret\n"
	".size getcontext, . - getcontext\n"
	".popsection\n"
	".pushsection .text.setcontext,\"ax\",@progbits\n"
	".weak setcontext\n"
	".type setcontext, @function\n"
	"setcontext:\n"
	"	mov %rdi, %r12\n"
	// rt_sigprocmask(SIG_SETMASK, &uc_sigmask, 0, 8)
	"	lea 296(%rdi), %rsi\n"
	"	mov $2, %edi\n"
	"	xor %edx, %edx\n"
	"	mov $8, %r10d\n"
	"	mov $14, %eax\n"
	"	syscall\n"
	"	mov %r12, %rdi\n"
	"	mov 224(%rdi), %rcx\n"
	"	fldenv (%rcx)\n"
	"	ldmxcsr 24(%rcx)\n"
	"	mov 40(%rdi), %r8\n"
	"	mov 48(%rdi), %r9\n"
	"	mov 72(%rdi), %r12\n"
	"	mov 80(%rdi), %r13\n"
	"	mov 88(%rdi), %r14\n"
	"	mov 96(%rdi), %r15\n"
	"	mov 112(%rdi), %rsi\n"
	"	mov 120(%rdi), %rbp\n"
	"	mov 128(%rdi), %rbx\n"
	"	mov 136(%rdi), %rdx\n"
	"	mov 160(%rdi), %rsp\n"
	"	pushq 168(%rdi)\n"
	"	mov 152(%rdi), %rcx\n"
	"	mov 104(%rdi), %rdi\n"
	"	xor %eax, %eax\n"
	"	ret\n"
	".size setcontext, . - setcontext\n"
	".popsection\n"
	// The function of makecontext returns to here; rbx has uc_link, and the stack is aligned as before a call.
	".pushsection .text.gomusl_context_returns,\"ax\",@progbits\n"
	".hidden gomusl_context_returns\n"
	".globl gomusl_context_returns\n"
	".type gomusl_context_returns, @function\n"
	"gomusl_context_returns:\n"
	"	mov %rbx, %rsp\n"
	"	mov (%rsp), %rdi\n"
	"	test %rdi, %rdi\n"
	"	jz 1f\n"
	"	call setcontext\n"
	"1:	xor %edi, %edi\n"
	"	call exit\n"
	"	hlt\n"
	".size gomusl_context_returns, . - gomusl_context_returns\n"
	".popsection\n"
);

SHIM void makecontext(ucontext_t *context, void (*function)(void), int count, ...)
{
	static const unsigned char registers[] = {8, 9, 12, 14, 0, 1};
	const int onStack = count > 6 ? count - 6 : 0;
	uint64_t *top = (uint64_t *)((uintptr_t)context->uc_stack.ss_sp + context->uc_stack.ss_size);
	// The last word of the stack has uc_link, at a multiple of 16; below it the arguments, below them the way back.
	uint64_t *link = (uint64_t *)(((uintptr_t)(top - 1)) & -16UL);
	uint64_t *stack = (uint64_t *)(((uintptr_t)(link - onStack)) & -16UL) - 1;
	long long *saved = (long long *)context->uc_mcontext.gregs;
	va_list words;
	*link = (uintptr_t)context->uc_link;
	stack[0] = (uintptr_t)gomusl_context_returns;
	va_start(words, count);
	for (int at = 0; at < count; at++) {
		const long word = va_arg(words, long);
		if (at < 6)
			saved[registers[at]] = word;
		else
			stack[1 + at - 6] = (uint64_t)word;
	}
	va_end(words);
	saved[11] = (long long)(uintptr_t)link;
	saved[15] = (long long)(uintptr_t)stack;
	saved[16] = (long long)(uintptr_t)function;
}

#elif defined(__aarch64__)

AT(uc_link, 8);
AT(uc_stack, 16);
AT(uc_sigmask, 40);
AT(uc_mcontext, 176);
AT(uc_mcontext.sp, 432);
AT(uc_mcontext.pc, 440);
AT(uc_mcontext.__reserved, 464);

__asm__(
	".pushsection .text.getcontext,\"ax\",%progbits\n"
	".weak getcontext\n"
	".type getcontext, %function\n"
	"getcontext:\n"
	"	str xzr, [x0, #184]\n"
	"	stp x18, x19, [x0, #328]\n"
	"	stp x20, x21, [x0, #344]\n"
	"	stp x22, x23, [x0, #360]\n"
	"	stp x24, x25, [x0, #376]\n"
	"	stp x26, x27, [x0, #392]\n"
	"	stp x28, x29, [x0, #408]\n"
	"	str x30, [x0, #424]\n"
	"	mov x2, sp\n"
	"	str x2, [x0, #432]\n"
	"	str x30, [x0, #440]\n"
	// The kernel's fpsimd_context: magic, size, fpsr, fpcr, then the registers.
	"	add x2, x0, #608\n"
	"	stp q8, q9, [x2]\n"
	"	stp q10, q11, [x2, #32]\n"
	"	stp q12, q13, [x2, #64]\n"
	"	stp q14, q15, [x2, #96]\n"
	"	mrs x3, fpsr\n"
	"	mrs x4, fpcr\n"
	"	str w3, [x0, #472]\n"
	"	str w4, [x0, #476]\n"
	// rt_sigprocmask(SIG_BLOCK, 0, &uc_sigmask, 8)
	"	add x2, x0, #40\n"
	"	mov x0, #0\n"
	"	mov x1, #0\n"
	"	mov x3, #8\n"
	"	mov x8, #135\n"
	"	svc #0\n"
	"	mov x0, #0\n"
	"	ret\n"
	".size getcontext, . - getcontext\n"
	".popsection\n"
	".pushsection .text.setcontext,\"ax\",%progbits\n"
	".weak setcontext\n"
	".type setcontext, %function\n"
	"setcontext:\n"
	"	mov x19, x0\n"
	// rt_sigprocmask(SIG_SETMASK, &uc_sigmask, 0, 8)
	"	add x1, x0, #40\n"
	"	mov x0, #2\n"
	"	mov x2, #0\n"
	"	mov x3, #8\n"
	"	mov x8, #135\n"
	"	svc #0\n"
	"	mov x16, x19\n"
	"	add x2, x16, #608\n"
	"	ldp q8, q9, [x2]\n"
	"	ldp q10, q11, [x2, #32]\n"
	"	ldp q12, q13, [x2, #64]\n"
	"	ldp q14, q15, [x2, #96]\n"
	"	ldr w3, [x16, #472]\n"
	"	ldr w4, [x16, #476]\n"
	"	msr fpsr, x3\n"
	"	msr fpcr, x4\n"
	"	ldp x18, x19, [x16, #328]\n"
	"	ldp x20, x21, [x16, #344]\n"
	"	ldp x22, x23, [x16, #360]\n"
	"	ldp x24, x25, [x16, #376]\n"
	"	ldp x26, x27, [x16, #392]\n"
	"	ldp x28, x29, [x16, #408]\n"
	"	ldr x30, [x16, #424]\n"
	"	ldr x2, [x16, #432]\n"
	"	mov sp, x2\n"
	"	ldr x17, [x16, #440]\n"
	"	ldp x0, x1, [x16, #184]\n"
	"	ldp x2, x3, [x16, #200]\n"
	"	ldp x4, x5, [x16, #216]\n"
	"	ldp x6, x7, [x16, #232]\n"
	"	br x17\n"
	".size setcontext, . - setcontext\n"
	".popsection\n"
	// The function of makecontext returns to here; x19 has uc_link.
	".pushsection .text.gomusl_context_returns,\"ax\",%progbits\n"
	".hidden gomusl_context_returns\n"
	".globl gomusl_context_returns\n"
	".type gomusl_context_returns, %function\n"
	"gomusl_context_returns:\n"
	"	mov x0, x19\n"
	"	cbz x0, 1f\n"
	"	bl setcontext\n"
	"1:	mov x0, #0\n"
	"	bl exit\n"
	"	brk #1\n"
	".size gomusl_context_returns, . - gomusl_context_returns\n"
	".popsection\n"
);

SHIM void makecontext(ucontext_t *context, void (*function)(void), int count, ...)
{
	const int onStack = count > 8 ? count - 8 : 0;
	const uintptr_t top = (uintptr_t)context->uc_stack.ss_sp + context->uc_stack.ss_size;
	unsigned long *stack = (unsigned long *)(((top & -16UL) - (uintptr_t)onStack * 8) & -16UL);
	va_list words;
	va_start(words, count);
	for (int at = 0; at < count; at++) {
		const unsigned long word = va_arg(words, unsigned long);
		if (at < 8)
			context->uc_mcontext.regs[at] = word;
		else
			stack[at - 8] = word;
	}
	va_end(words);
	context->uc_mcontext.regs[19] = (uintptr_t)context->uc_link;
	context->uc_mcontext.regs[29] = 0;
	context->uc_mcontext.regs[30] = (uintptr_t)gomusl_context_returns;
	context->uc_mcontext.sp = (uintptr_t)stack;
	context->uc_mcontext.pc = (uintptr_t)function;
}

#else
#error "no switching of contexts for this architecture"
#endif
