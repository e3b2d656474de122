package acctest

// Up is `terraform apply`: refresh, validate, plan, apply.
func (b *Bench) Up(state State, config Object) (State, Plan, Diagnostics) {
	b.Helper()
	if diags := b.Note(b.Server.Validate(b.vendor.Type(), config)); diags.HasError() {
		return state, Plan{}, diags
	}
	state, plan, diags := b.Server.Up(state, b.vendor.Type(), config)
	b.Note(diags)
	return state, plan, diags
}

// Create makes a link that has to succeed without a word.
func (b *Bench) Create(config Object) State {
	b.Helper()
	state, _, diags := b.Up(State{}, config)
	if len(diags) > 0 {
		b.Fatalf("create: %s", diags)
	}
	return state
}

// Plan plans config over a state (nil config: a destroy), without a refresh.
func (b *Bench) Plan(state State, config Object) Plan {
	b.Helper()
	plan := b.Server.Plan(b.vendor.Type(), state, config)
	b.Note(plan.Diagnostics)
	return plan
}

// Apply carries a plan out.
func (b *Bench) Apply(plan Plan) (State, Diagnostics) {
	b.Helper()
	state, diags := b.Server.Apply(plan)
	return state, b.Note(diags)
}

// Destroy is `terraform destroy` without a refresh; the diagnostics are the plan's and the apply's.
func (b *Bench) Destroy(state State) (State, Diagnostics) {
	b.Helper()
	plan := b.Plan(state, nil)
	if plan.HasError() {
		return state, plan.Diagnostics
	}
	state, diags := b.Apply(plan)
	return state, append(plan.Diagnostics, diags...)
}

// Refresh reads the link; one that is gone comes back as a state that does not exist.
func (b *Bench) Refresh(state State) (State, Diagnostics) {
	b.Helper()
	state, diags := b.Server.Refresh(state)
	return state, b.Note(diags)
}

// Imported imports a link by id, and refreshes it.
func (b *Bench) Imported(id string) (State, Diagnostics) {
	b.Helper()
	state, diags := b.Server.Import(b.vendor.Type(), id)
	return state, b.Note(diags)
}
