"""What claims hang on: casework, payments, privacy. Called once, when the apps are ready."""


def register() -> None:
    from services.casework.registry import benefits_given, services
    from services.mutual_aid import claim_exporters, claim_notifications  # noqa: F401
    from services.mutual_aid.actions import consenting
    from services.mutual_aid.case_service import MutualAidService
    from services.mutual_aid.figures import claims
    from services.mutual_aid.payment_watcher import MutualAidPayments
    from services.mutual_aid.queries import given, held
    from services.payments.registry import watchers
    from services.privacy.enums import Purpose
    from services.privacy.registry import HeldData, WithdrawalEffect, held_data, withdrawal_effects

    services.register(MutualAidService.code, MutualAidService())
    benefits_given.register(MutualAidService.code, given.benefits_given)
    watchers.register(MutualAidService.code, MutualAidPayments())
    effect = WithdrawalEffect(Purpose.MUTUAL_AID, consenting.consequences, consenting.end_all)
    withdrawal_effects.register("mutual_aid", effect)
    held_data.register("mutual_aid", HeldData(title=held.TITLE, kinds=held.kinds_held, subjects=held.subjects_held))
    claim_exporters.register()
    claims.register()
