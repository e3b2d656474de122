package bulkread

// maxFirst bounds what is kept of a first page: half from its beginning and half from its end, where a list without pages may have its
// newest.
const maxFirst = 2_000

// FirstPage keeps links of the first page of a list.
type FirstPage[L any] struct {
	links []func() L
	seen  int
}

// Add adds a link as it comes.
func (p *FirstPage[L]) Add(_ string, link func() L) {
	if len(p.links) < maxFirst {
		p.links = append(p.links, link)
	} else { // the latest take the place of the ones in the middle
		p.links[maxFirst/2+p.seen%(maxFirst/2)] = link
	}
	p.seen++
}

// Links returns what was kept.
func (p *FirstPage[L]) Links() (out []L) {
	for _, link := range p.links {
		out = append(out, link())
	}
	return out
}
