// In tests there is no browser to keep the server's code from.
export {}
