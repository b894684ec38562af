// SPDX-License-Identifier: GPL-2.0-only
/*
 * The helper's name, but not in its place.
 *
 * path: arch/x86/kvm/svm/avic.c
 */

static u64 kvm_lapic_get_reg64(struct kvm_lapic *apic, int reg)
{
	return *((u64 *) (apic->regs + reg)); /* FINDING */
}
