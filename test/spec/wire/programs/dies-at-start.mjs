// Never gets as far as reading.
process.stderr.write("Traceback (most recent call last):\nModuleNotFoundError: No module named 'numpy'\n");
process.exit(1);
