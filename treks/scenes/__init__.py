"""Drawing of the site's illustrations at build time; the site itself never imports this package."""
