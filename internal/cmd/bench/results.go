package main

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// The files of the measurements. What a run measures again replaces its rows; the others stay.
const (
	refreshesFile = "refreshes.csv"
	promisesFile  = "promises.csv"
)

// refreshed is one `plan -refresh-only`.
type refreshed struct {
	Vendor     string // its title
	Links      int
	Latency    time.Duration // before each answer
	Refresh    string
	Requests   int
	Seconds    float64
	OwnSeconds float64 // of as many terraform_data
	CPUPerLink float64 // the provider's, in milliseconds
	Memory     int     // the provider's at the most, in MB
	Engine     string  // and cores
}

// promised is one operation over many links, beside the same over terraform_data and with a provider that does nothing.
type promised struct {
	What                    string
	Links                   int
	Seconds, Own, Null      float64 // Null is 0 where it was not measured
	Reach                   float64 // Seconds / Own is at most
	CPUPerLink, NullPerLink float64 // in milliseconds
	Memory                  int     // in MB
	Engine                  string
}

// row is the promise as a line of a table.
func (p promised) row() string {
	null, verdict, cpu := "", "", fmt.Sprintf("%.2f ms", p.CPUPerLink)
	if p.Null > 0 {
		null = fmt.Sprintf("%.1f s", p.Null)
		cpu += fmt.Sprintf(", of which nothing takes %.2f", p.NullPerLink)
	}
	if p.Seconds > p.Reach*p.Own && (p.Null == 0 || p.Seconds > nearNull*p.Null) {
		verdict = " **broken**"
	}
	return fmt.Sprintf("| %s | %.1f s | %.1f s | %.2f | %.2f%s | %s | %s | %d MB |\n", p.What, p.Seconds, p.Own, p.Seconds/p.Own, p.Reach, verdict, null, cpu, p.Memory)
}

type results struct {
	refreshes []refreshed
	promises  []promised
}

// refreshesAt are those with a delay, by vendor and links, in the order in which links are read.
func (r results) refreshesAt(latency time.Duration) []refreshed {
	return slices.DeleteFunc(slices.Clone(r.refreshes), func(one refreshed) bool { return one.Latency != latency })
}

// merge puts what was measured again into its place, or at the end.
func (r *results) merge(measured results) {
	for _, one := range measured.refreshes {
		same := func(old refreshed) bool {
			return old.Vendor == one.Vendor && old.Links == one.Links && old.Latency == one.Latency && old.Refresh == one.Refresh
		}
		if i := slices.IndexFunc(r.refreshes, same); i >= 0 {
			r.refreshes[i] = one
		} else {
			r.refreshes = append(r.refreshes, one)
		}
	}
	for _, one := range measured.promises {
		if i := slices.IndexFunc(r.promises, func(old promised) bool { return old.What == one.What }); i >= 0 {
			r.promises[i] = one
		} else {
			r.promises = append(r.promises, one)
		}
	}
	r.sort()
}

// sort orders refreshes by vendor, links, delay and way of reading.
func (r *results) sort() {
	slices.SortStableFunc(r.refreshes, func(a, b refreshed) int {
		way := func(one refreshed) int { return slices.Index([]string{"get", "list", "auto"}, one.Refresh) }
		return cmp.Or(cmp.Compare(a.Vendor, b.Vendor), cmp.Compare(a.Links, b.Links), cmp.Compare(a.Latency, b.Latency), cmp.Compare(way(a), way(b)))
	})
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

func (r results) write(dir string) error {
	refreshes := [][]string{{"vendor", "links", "answer_takes_ms", "refresh", "requests", "seconds", "terraform_data_seconds", "provider_cpu_ms_per_link", "provider_memory_mb", "engine"}}
	for _, one := range r.refreshes {
		refreshes = append(refreshes, []string{one.Vendor, strconv.Itoa(one.Links), strconv.FormatInt(one.Latency.Milliseconds(), 10), one.Refresh, strconv.Itoa(one.Requests),
			number(one.Seconds), number(one.OwnSeconds), number(one.CPUPerLink), strconv.Itoa(one.Memory), one.Engine})
	}
	promises := [][]string{{"what", "links", "seconds", "terraform_data_seconds", "null_provider_seconds", "reach", "provider_cpu_ms_per_link", "null_provider_cpu_ms_per_link", "provider_memory_mb", "engine"}}
	for _, one := range r.promises {
		promises = append(promises, []string{one.What, strconv.Itoa(one.Links), number(one.Seconds), number(one.Own), number(one.Null), number(one.Reach), number(one.CPUPerLink),
			number(one.NullPerLink), strconv.Itoa(one.Memory), one.Engine})
	}
	return errors.Join(writeCSV(filepath.Join(dir, refreshesFile), refreshes), writeCSV(filepath.Join(dir, promisesFile), promises))
}

func writeCSV(file string, rows [][]string) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	return errors.Join(csv.NewWriter(out).WriteAll(rows), out.Close())
}

func readResults(dir string) (r results, err error) {
	refreshes, err := readCSV(filepath.Join(dir, refreshesFile))
	for _, row := range refreshes {
		cells := cells{row: row}
		r.refreshes = append(r.refreshes, refreshed{row[0], cells.int(1), time.Duration(cells.int(2)) * time.Millisecond, row[3], cells.int(4), cells.float(5), cells.float(6),
			cells.float(7), cells.int(8), row[9]})
		err = errors.Join(err, cells.err)
	}
	promises, errPromises := readCSV(filepath.Join(dir, promisesFile))
	for _, row := range promises {
		cells := cells{row: row}
		r.promises = append(r.promises, promised{row[0], cells.int(1), cells.float(2), cells.float(3), cells.float(4), cells.float(5), cells.float(6), cells.float(7), cells.int(8), row[9]})
		err = errors.Join(err, cells.err)
	}
	return r, errors.Join(err, errPromises)
}

// readCSV returns the rows below the heading; none of a file that is not there.
func readCSV(file string) ([][]string, error) {
	in, err := os.Open(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(in)
	reader.FieldsPerRecord = 10
	rows, err := reader.ReadAll()
	return rows[min(1, len(rows)):], errors.Join(err, in.Close())
}

// cells reads the numbers of a row.
type cells struct {
	row []string
	err error
}

func (c *cells) int(i int) int { return int(c.float(i)) }

func (c *cells) float(i int) float64 {
	x, err := strconv.ParseFloat(c.row[i], 64)
	c.err = errors.Join(c.err, err)
	return x
}
