"""Editor features, independent of the protocol: one file and one entry function per feature."""
