"""What is counted, from which reported quantities, by which methods: the five sectors put together."""
