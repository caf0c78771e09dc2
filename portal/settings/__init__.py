"""Settings: `base` is production; `demo` and `test` only loosen it, each where it says why."""
