// SPDX-License-Identifier: GPL-2.0-only
/*
 * The CPU's registers are called regs too.
 */

u64 case_cpu(struct kvm_vcpu *vcpu, u64 *gprs, int reg)
{
	u64 *rax = &gprs[0];

	*rax = vcpu->arch.regs[reg];
	memcpy(gprs, vcpu->arch.regs, sizeof(vcpu->arch.regs));
	return (u64)vcpu->arch.regs[VCPU_REGS_RAX];
}
