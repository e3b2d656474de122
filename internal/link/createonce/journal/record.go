package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strconv"
	"time"
)

// version is that of the file's format.
const version = 1

// kind is what a record says.
type kind string

const (
	kindHeader   kind = "journal"  // the first line: version and key
	kindClaim    kind = "claim"    // an attempt has its turn; it has sent nothing
	kindBegin    kind = "begin"    // its request may be sent from now on; From made no link
	kindAnswer   kind = "answer"   // its link is ID
	kindTake     kind = "take"     // its link is ID, which is what From left
	kindVoid     kind = "void"     // it has made no link
	kindUnknown  kind = "unknown"  // its turn is over, and it may have made a link
	kindSeen     kind = "seen"     // the link of From is in a state
	kindOrphaned kind = "orphaned" // the engine of the run has gone: what was answered since may have reached nobody
	kindClosed   kind = "closed"   // the engine has ended the run
	kindLook     kind = "look"     // Process has looked, for the engine and the account of Class, before a create
)

// record is one line of the file. What it says of content and account is a keyed hash. A link's id is no secret: it is what finds
// the link again, and pays nothing.
type record struct {
	Kind      kind   `json:"k"`
	Version   int    `json:"v,omitempty"`
	Key       []byte `json:"key,omitempty"`
	Run       string `json:"r,omitempty"`
	Number    int    `json:"n,omitempty"` // of the attempt within its run, from 1
	At        int64  `json:"t,omitempty"` // milliseconds since 1970, by the machine's clock
	Workspace string `json:"p,omitempty"`
	Account   string `json:"a,omitempty"`
	Class     string `json:"c,omitempty"`
	Content   string `json:"e,omitempty"`
	ID        string `json:"id,omitempty"`
	From      []ref  `json:"f,omitempty"`

	// Since and Existing are what tells, in a search, which links the attempt cannot have made.
	Since    int64    `json:"s,omitempty"` // milliseconds since 1970, by the vendor's clock
	Existing []string `json:"x,omitempty"` // ids
	Counted  bool     `json:"xs,omitempty"`
	Process  int      `json:"i,omitempty"` // number of the provider's process
}

// ref names an attempt.
type ref struct {
	Run    string `json:"r"`
	Number int    `json:"n"`
}

func (r record) ref() ref { return ref{r.Run, r.Number} }

func (r record) at() time.Time { return time.UnixMilli(r.At).UTC() }

// line encodes a record: a checksum, the record as JSON, and the end of the line.
func (r record) line() []byte {
	text, err := json.Marshal(r)
	if err != nil {
		panic(err) // no field can fail
	}
	return fmt.Appendf(nil, "%08x %s\n", crc32.ChecksumIEEE(text), text)
}

// parseLine decodes a line without its end; ok is false for one that was torn or damaged.
func parseLine(line []byte) (r record, ok bool) {
	sum, text, found := bytes.Cut(line, []byte(" "))
	want, err := strconv.ParseUint(string(sum), 16, 32)
	if !found || err != nil || uint32(want) != crc32.ChecksumIEEE(text) { //nolint:gosec // 32 bits were parsed
		return r, false
	}
	return r, json.Unmarshal(text, &r) == nil
}
