"""Call records and statements of payments, by what somebody said that their columns mean."""
