package memdriver

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// The kinds of calls that a Store counts.
const (
	CallCreate   = "create"
	CallGet      = "get"
	CallList     = "list"
	CallRevoke   = "revoke"
	CallActivate = "activate"
)

// call counts a call and returns its fault. The caller holds no lock.
func (s *Store) call(kind string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[kind]++
	if err := s.always[kind]; err != nil {
		return Fault{Err: err}
	}
	if queued := s.faults[kind]; len(queued) > 0 {
		s.faults[kind] = queued[1:]
		return queued[0]
	}
	return Fault{}
}

func (s *Store) create(ctx context.Context, l Link, key string, digits int) (Link, error) {
	if s.BeforeCreate != nil {
		s.BeforeCreate(ctx)
	}
	f := s.call(CallCreate)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys = append(s.keys, key)
	if f.Err != nil && !f.After {
		return Link{}, f.Err
	}
	if earlier := s.byKey[key]; earlier != nil && s.IdempotencyKeys && !s.ForgetKeys {
		return s.answer(earlier), nil
	}
	s.number++
	l.ID = fmt.Sprintf("pl-%d", s.number)
	l.URL = "https://pay.example/" + l.ID
	if l.Status = "ATTEMPT"; s.BornEnded != "" {
		l.Status = s.BornEnded
	}
	l.Created = s.clock.Now()
	l.Life, l.Expires = s.Life, l.Created.Add(s.Life)
	s.complete(&l, digits)
	s.links = append(s.links, &l)
	s.byKey[key] = &l
	if s.CreateTime > 0 {
		if err := s.clock.Sleep(ctx, s.CreateTime); err != nil {
			return Link{}, err
		}
	}
	if f.Err != nil {
		return Link{}, f.Err
	}
	return s.answerTo(CallCreate, &l), nil
}

// complete fills in what the vendor decides: a default grade and currency, a slash at the end of a URL, and the total.
func (s *Store) complete(l *Link, digits int) {
	if l.Grade == "" {
		l.Grade = "standard"
	}
	if l.ReturnURL != "" && !strings.HasSuffix(l.ReturnURL, "/") {
		l.ReturnURL += "/"
	}
	total := decimal.NewFromInt(s.Surcharge)
	for i := range l.Lines {
		if l.Lines[i].Currency == "" {
			l.Lines[i].Currency = "EUR"
		}
		if d, err := decimal.NewFromString(l.Lines[i].Value); err == nil {
			total = total.Add(d)
		}
	}
	l.Total, l.minorUnits = total.StringFixed(3), digits > 0
	if l.minorUnits {
		l.Total = total.StringFixed(0)
	}
}

func (s *Store) get(project, id string) (Link, error) {
	if f := s.call(CallGet); f.Err != nil {
		return Link{}, f.Err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.UnseenReads > 0 {
		s.UnseenReads--
		return Link{}, NotFound()
	}
	if s.ReadsNothing {
		return Link{}, NotFound()
	}
	l, err := s.find(project, id)
	if err != nil {
		return Link{}, err
	}
	return s.answerTo(CallGet, l), nil
}

// answerTo answers a call about a link, with another one where Instead names it.
func (s *Store) answerTo(kind string, l *Link) Link {
	for _, other := range s.links {
		if other.ID == s.Instead[kind] {
			return s.answer(other)
		}
	}
	return s.answer(l)
}

func (s *Store) list(project string) ([]Link, error) {
	if f := s.call(CallList); f.Err != nil {
		return nil, f.Err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Link
	for _, l := range s.links {
		if l.Project == project && !s.Unlisted[l.ID] && s.clock.Now().Sub(l.Created) >= s.ListLag {
			out = append(out, s.answer(l))
		}
	}
	return out, nil
}

func (s *Store) activate(ctx context.Context, project, id string) (Link, error) {
	var out Link
	err := s.write(ctx, CallActivate, project, id, func(l *Link) {
		if !s.IgnoreActivation {
			l.Status = "ACTIVE"
		}
		if out = s.answerTo(CallActivate, l); s.InvalidActivation {
			out.Grade = InvalidGrade
		}
		if s.TerseActivation {
			out = Link{ID: out.ID, Status: out.Status}
		}
	})
	if err != nil {
		return Link{}, err
	}
	return out, nil
}

func (s *Store) revoke(ctx context.Context, project, id string) (*Link, error) {
	var out *Link
	err := s.write(ctx, CallRevoke, project, id, func(l *Link) {
		if !s.IgnoreRevoke {
			l.Status = "CANCELED"
		}
		if s.RevokeAnswers {
			answer := s.answerTo(CallRevoke, l)
			out = &answer
		}
	})
	return out, err
}

func (s *Store) write(ctx context.Context, kind, project, id string, change func(*Link)) error {
	f := s.call(kind)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deadline, _ = ctx.Deadline()
	if f.Err != nil && !f.After {
		return f.Err
	}
	l, err := s.find(project, id)
	if err != nil {
		return err
	}
	change(l)
	return f.Err
}

func (s *Store) find(project, id string) (*Link, error) {
	for _, l := range s.links {
		if l.ID == id && l.Project == project {
			return l, nil
		}
	}
	return nil, NotFound()
}

// NotFound returns the vendor's 404.
func NotFound() *rest.Error {
	return &rest.Error{Method: "GET", Path: "/links", Status: 404, Code: "not_found", Message: "No such link", RequestID: "req-404"}
}
