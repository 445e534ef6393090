"""Settings > Branding: how the page is dressed. `forms` reads what was sent, `page` shows it, `saving` changes it or
brings an earlier look back, `previews` shows the home page as it would be, with pictures that are not public yet."""
