"""The documentation as a site: pages are prepared, built with mkdocs, and checked."""
