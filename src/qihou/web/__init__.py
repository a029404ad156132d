"""The portal: settings, addresses, sign-in, cockpit. Everything is put together here and nowhere else."""
