"""What a release is made of: one version everywhere, its notes, package metadata, a formula."""
