"""What the builders of the samples share: forms drawn from their YAML, returns typed in many ways, mails and archives."""
