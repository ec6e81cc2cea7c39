// Never reads anything.
setInterval(() => undefined, 1000);
