package journal

import (
	"context"
	"fmt"
	"os"
	"time"
)

// lookAge is how long a look counts: a system gives the number of a process to another one, some time.
const lookAge = time.Hour

// FirstLook reports whether this process is the first one of its engine that looks at the newest links of an account, and notes that it
// does: an engine plans again when it applies, in another process, and a look costs a request. Without a journal every look is the
// first.
func (j *Journal) FirstLook(ctx context.Context, account string) bool {
	first := true
	_ = j.locked(ctx, func() error { // a failure is told by the next create
		machine, _ := os.Hostname() // a file may be carried from one to another
		r := record{Kind: kindLook, Class: j.hash("look", fmt.Sprint(account, "\n", machine, "\n", os.Getppid())), Process: j.process}
		before, looked := j.index.looks[r.Class]
		age := j.clock.Now().Sub(before.at())
		if first = !looked || before.Process == r.Process || age < 0 || age > lookAge; first {
			return j.append(r)
		}
		return nil
	})
	return first
}
