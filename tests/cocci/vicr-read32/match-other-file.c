// SPDX-License-Identifier: GPL-2.0-only
/*
 * The exempted name in another file.
 * path: arch/x86/kvm/vmx/vmx.c
 */

static int avic_unaccel_trap_write(struct kvm_lapic *apic, u32 offset)
{
	kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset)); /* FINDING */

	return 1;
}
