package lifecycle

// Powens' words where there is no attempt, or nobody can say what became of it.
const (
	NoAttempt  = "null"
	NotYetPaid = "unavailable"
	Outage     = "unavailable after a payment"
)

// powens: the latest attempt says first whether a link was paid or is being paid, then whether that is known; then comes
// its date.
func powens() Vendor {
	none := []string{NoAttempt, NotYetPaid, "rejected", "expired"}
	under := []string{"created", "validating", "pending"}
	paid := []string{"done", "accepted", "partial"}
	strange := []string{Outage, Undocumented}
	alive, revoked := []Date{Never, ToCome}, []Date{Past}
	return Vendor{
		Name: "powens", Title: "Powens", Attributes: "`attempt_state`, `revoked_at`", Call: "revoke", Ended: "revoked", Born: NotYetPaid,
		ReplaceWhen: []State{Revoked}, OnDestroy: []string{Revoke, Abandon},
		Rows: []Row{
			{Statuses: none, Dates: alive, State: Open, Race: Ended, Destroy: Ended},
			{Statuses: none, Dates: revoked, State: Revoked, Race: Found, Destroy: Silent},
			{Statuses: under, Dates: alive, State: Processing, Race: Ended, Destroy: Ended},
			{Statuses: under, Dates: revoked, State: Processing, Race: Found, Destroy: Found},
			{Statuses: paid, Dates: alive, State: Paid, Race: Ended, Destroy: Ended},
			{Statuses: paid, Dates: revoked, State: Paid, Race: WasPaid, Destroy: WasPaid},
			{Statuses: strange, Dates: alive, State: Unknown, Race: Ended, Destroy: Ended},
			{Statuses: strange, Dates: revoked, State: Unknown, Race: Found, Destroy: Found},
			{State: Revoked, Race: Found, Destroy: Silent},
		},
		Notes: []string{
			"A paid link is revoked all the same: nothing says that it stops being payable.",
			"Revoking ends the link alone. A payment under way goes on, and nothing is refunded.",
		},
	}
}
