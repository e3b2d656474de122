package lifecycle

// gigs documents no call that ends a link, and its links cannot be deleted: a 404 alone proves nothing.
func gigs() Vendor {
	return Vendor{
		Name: "gigs", Title: "Gigs", Attributes: "`status`", Born: "active",
		OnDestroy: []string{Abandon, Fail}, ConfirmGone: true,
		Rows: []Row{
			{Statuses: []string{"active"}, State: Open, Race: Unending, Destroy: Unending},
			{Statuses: []string{"completed"}, State: Paid, Race: PaidFirst, Destroy: Silent},
			{Statuses: []string{"canceled"}, State: Revoked, Race: Overtaken, Destroy: Silent},
			{State: Revoked, Race: Unending, Destroy: Silent},
			{Statuses: []string{Undocumented}, State: Unknown, Race: Unending, Destroy: Unending},
		},
		Notes: []string{
			"With `on_destroy = \"fail\"` what would leave a payable link behind, a destroy or a replacement, is an error in the plan.",
			"A `canceled` link is not replaced by itself, because its invoice may have been settled in another way. A link counts as gone only when the list of its project does not have it either.",
		},
	}
}
