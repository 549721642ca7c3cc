"""The course as a website to read: build/book, made from the executed notebooks. `make book` calls this package."""
