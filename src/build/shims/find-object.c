#define _GNU_SOURCE
#include "shim.h"
#include <elf.h>
#include <link.h>
#include <pthread.h>
#include <stdint.h>

// As in glibc's dlfcn.h; libgcc's unwinder asks it for the unwind table of an address.
struct dl_find_object {
	unsigned long long dlfo_flags;
	void *dlfo_map_start;
	void *dlfo_map_end;
	struct link_map *dlfo_link_map;
	void *dlfo_eh_frame;
	unsigned long long reserved[7];
};

struct search {
	uintptr_t pc;
	struct dl_find_object *found;
};

static int look(struct dl_phdr_info *info, size_t size, void *data)
{
	struct search *search = data;
	uintptr_t start = UINTPTR_MAX, end = 0, table = 0;
	int inside = 0, i;
	for (i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];
		uintptr_t from = info->dlpi_addr + header->p_vaddr, to = from + header->p_memsz;
		if (header->p_type == PT_GNU_EH_FRAME)
			table = from;
		if (header->p_type != PT_LOAD)
			continue;
		if (from < start)
			start = from;
		if (to > end)
			end = to;
		inside |= search->pc >= from && search->pc < to;
	}
	if (!inside || !table)
		return 0;
	*search->found = (struct dl_find_object){ 0, (void *)start, (void *)end, 0, (void *)table, { 0 } };
	return 1;
}

SHIM int _dl_find_object(void *pc, struct dl_find_object *found)
{
	struct search search = { (uintptr_t)pc, found };
	return dl_iterate_phdr(look, &search) ? 0 : -1;
}

// gcc's unwinder refers to these weakly, and calls them all as soon as one of musl's members, pthread_key_create, which
// Go itself uses, is in the program: what a static link has not pulled in would be a call of address 0.
__attribute__((used)) static void *const needed[] = {
	(void *)pthread_once,        (void *)pthread_key_create,   (void *)pthread_getspecific,
	(void *)pthread_setspecific, (void *)pthread_mutex_lock,   (void *)pthread_mutex_unlock,
};
