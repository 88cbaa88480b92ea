#define _GNU_SOURCE
#include "shim.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SHIM void (*error_print_progname)(void);
SHIM unsigned int error_message_count;
SHIM int error_one_per_line;

static void say(int status, int number, const char *file, unsigned line, const char *format, va_list ap)
{
	fflush(stdout);
	if (error_print_progname)
		error_print_progname();
	else
		fprintf(stderr, "%s:", program_invocation_name);
	if (file)
		fprintf(stderr, "%s:%u:", file, line);
	fputc(' ', stderr);
	vfprintf(stderr, format, ap);
	if (number)
		fprintf(stderr, ": %s", strerror(number));
	fputc('\n', stderr);
	fflush(stderr);
	error_message_count++;
	if (status)
		exit(status);
}

SHIM void error(int status, int number, const char *format, ...)
{
	va_list ap;
	va_start(ap, format);
	say(status, number, NULL, 0, format, ap);
	va_end(ap);
}

SHIM void error_at_line(int status, int number, const char *file, unsigned line, const char *format, ...)
{
	static const char *last_file;
	static unsigned last_line;
	va_list ap;
	if (error_one_per_line && line == last_line && last_file && file && !strcmp(file, last_file))
		return;
	last_file = file;
	last_line = line;
	va_start(ap, format);
	say(status, number, file, line, format, ap);
	va_end(ap);
}
