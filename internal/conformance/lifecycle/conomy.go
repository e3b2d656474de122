package lifecycle

// conomy deletes links in ATTEMPT and EXPIRED only.
func conomy() Vendor {
	return Vendor{
		Name: "conomy", Title: "Conomy", Attributes: "`status`", Call: "delete", Ended: "deleted", Born: "ATTEMPT",
		ReplaceWhen: []State{Revoked}, OnDestroy: []string{Revoke, Abandon}, Unique: "checkout_token",
		Rows: []Row{
			{Statuses: []string{"ATTEMPT"}, State: Open, Race: Ended, Destroy: Ended},
			{Statuses: []string{"ACTIVE"}, Left: Short, State: Open, Race: Waited, Destroy: Waited, Foreseen: true},
			{Statuses: []string{"ACTIVE"}, Left: Long, State: Open, Race: Early, Destroy: Early, Foreseen: true},
			{Statuses: []string{"PROCESSING_PAYMENT"}, State: Processing, Race: Busy, Destroy: Busy, Foreseen: true},
			{Statuses: []string{"FINISHED"}, State: Paid, Race: WasPaid, Destroy: WasPaid},
			{Statuses: []string{"EXPIRED"}, State: Expired, Race: Ended, Destroy: Ended},
			{State: Revoked, Race: Found, Destroy: Silent},
			{Statuses: []string{Undocumented}, State: Unknown, Race: Stuck, Destroy: Stuck},
		},
		Notes: []string{
			"An `ACTIVE` link expires at `created_at` and `duration` after it. `timeouts.delete` is 5 minutes unless the configuration says more. While a destroy waits, the log says how long it will.",
			"A link that is not deleted keeps its `checkout_token`: to replace a link that was paid, or under `on_destroy = \"abandon\"`, write a new `checkout_token`. The plan warns of it.",
		},
	}
}
