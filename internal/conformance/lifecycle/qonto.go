package lifecycle

// qonto deactivates open links only, as far as anybody has seen.
func qonto() Vendor {
	return Vendor{
		Name: "qonto", Title: "Qonto", Attributes: "`status`", Call: "deactivate", Ended: "deactivated", Born: "open",
		ReplaceWhen: []State{Revoked}, OnDestroy: []string{Revoke, Abandon},
		Rows: []Row{
			{Statuses: []string{"open"}, State: Open, Race: Ended, Destroy: Ended},
			{Statuses: []string{"processing"}, State: Processing, Race: Busy, Destroy: Busy},
			{Statuses: []string{"paid"}, State: Paid, Race: WasPaid, Destroy: WasPaid},
			{Statuses: []string{"expired"}, State: Expired, Race: Found, Destroy: Found},
			{Statuses: []string{"canceled"}, State: Revoked, Race: Found, Destroy: Silent},
			{State: Revoked, Race: Found, Destroy: Silent},
			{Statuses: []string{Undocumented}, State: Unknown, Race: Stuck, Destroy: Stuck},
		},
		Notes: []string{
			"Qonto does not document in which states it deactivates a link. Where it does so for one that somebody is paying, the link is deactivated.",
		},
	}
}
