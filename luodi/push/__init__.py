"""Messages to people: one digest a recipient and day, by mail, 企业微信, 钉钉, 飞书 or a webhook."""
