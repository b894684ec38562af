// SPDX-License-Identifier: GPL-2.0-only
/*
 * The shape of the helper, as a second one beside it.
 *
 * path: arch/x86/kvm/lapic.c
 */

static u64 case_get64(char *regs, int reg)
{
	return *((u64 *) (regs + reg)); /* FINDING */
}

static void case_set64(char *regs, int reg, u64 val)
{
	*((u64 *) (regs + reg)) = val; /* FINDING */
}
