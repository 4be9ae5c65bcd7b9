"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# a machine that does something else at the same time draws its examples slowly: that is no fault of the code
settings.register_profile("anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("anywhere")
