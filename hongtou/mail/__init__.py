"""The mailbox: letters out over SMTP, mails in over IMAP."""
