"""What holds for every test of the house."""

from hypothesis import HealthCheck, settings

# A busy machine must not make a correct test fail: no clock per example. What is slow is seen in the suite's own time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
