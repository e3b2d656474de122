package docs

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// folder is a configuration of one or several blocks of a page, to be run.
type folder struct {
	page, name string
	keys       map[string]string // what its blocks say of the whole
	steps      []*step           // in the order of their numbers
}

// step is what stands in a folder at a time.
type step struct {
	number int
	files  map[string]string // what this step brings; what it does not name stays
}

// ofBlock are the words that hold for a block alone; all others hold for the folder.
var ofBlock = []string{"name", "file", "step"}

// folders are what the blocks of a page form.
func (p *page) folders() ([]*folder, error) {
	blocks, err := p.blocks()
	if err != nil {
		return nil, err
	}
	var out []*folder
	named := map[string]*folder{}
	for _, b := range blocks {
		if _, fragment := b.keys["fragment"]; fragment {
			continue
		}
		file := b.keys["file"]
		if file == "" && !configuration(b.lang) {
			continue
		}
		if file == "" {
			file = "main.tf"
		}
		name := b.keys["name"]
		f := named[name]
		if f == nil {
			f = &folder{page: p.name, name: name, keys: map[string]string{}}
			if name == "" {
				f.name = fmt.Sprintf("line %d", b.line)
			} else {
				named[name] = f
			}
			out = append(out, f)
		}
		if err := f.add(b, file); err != nil {
			return nil, fmt.Errorf("%s: %w", b.at(b.line), err)
		}
	}
	return out, nil
}

func (f *folder) add(b block, file string) error {
	number := 1
	if said, ok := b.keys["step"]; ok {
		var err error
		if number, err = strconv.Atoi(said); err != nil || number < 2 || b.keys["name"] == "" {
			return fmt.Errorf("step=%s: a later step of a named folder has a number from 2", said)
		}
	}
	at := slices.IndexFunc(f.steps, func(s *step) bool { return s.number == number })
	if at < 0 {
		f.steps = append(f.steps, &step{number: number, files: map[string]string{}})
		at = len(f.steps) - 1
		if at > 0 && f.steps[at-1].number != number-1 || at == 0 && number != 1 {
			return fmt.Errorf("step=%d does not follow the step before it", number)
		}
	}
	s := f.steps[at]
	if before := s.files[file]; before != "" {
		s.files[file] = before + "\n" + b.text
	} else {
		s.files[file] = b.text
	}
	for key, value := range b.keys {
		if slices.Contains(ofBlock, key) {
			continue
		}
		if other, said := f.keys[key]; said && other != value {
			return fmt.Errorf("%s is said twice, once as %q and once as %q", key, other, value)
		}
		f.keys[key] = value
	}
	return nil
}

func TestFoldersOfAPage(t *testing.T) {
	t.Parallel()
	fence := func(comment, text string) string { return comment + "\n\n```terraform\n" + text + "\n```\n\n" }
	p := parsePage("p.md", []byte(fence("", "a = 1")+
		fence("<!-- block: name=x leaves=1 -->", "b = 1")+
		fence("<!-- block: fragment -->", "c = 1")+
		fence("<!-- block: name=x -->", "d = 1")+
		fence("<!-- block: name=x file=modules/m/main.tf -->", "e = 1")+
		"<!-- block: name=x file=l.csv -->\n```csv\na,b\n```\n\n```json\n{}\n```\n\n"+
		fence("<!-- block: name=x step=2 -->", "f = 1")+
		fence("<!-- block: validate -->", "g = 1")))
	folders, err := p.folders()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range folders {
		for _, s := range f.steps {
			for _, file := range slices.Sorted(maps.Keys(s.files)) {
				got = append(got, fmt.Sprintf("%s %v %d %s: %s", f.name, f.keys, s.number, file, strings.ReplaceAll(s.files[file], "\n", "|")))
			}
		}
	}
	want := []string{
		"line 4 map[] 1 main.tf: a = 1|",
		"x map[leaves:1] 1 l.csv: a,b|",
		"x map[leaves:1] 1 main.tf: b = 1||d = 1|",
		"x map[leaves:1] 1 modules/m/main.tf: e = 1|",
		"x map[leaves:1] 2 main.tf: f = 1|",
		"line 49 map[validate:] 1 main.tf: g = 1|",
	}
	if !slices.Equal(got, want) {
		t.Errorf("folders:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for name, source := range map[string]string{
		"a step of no folder": fence("<!-- block: step=2 -->", "a = 1"),
		"a step left out":     fence("<!-- block: name=x -->", "a = 1") + fence("<!-- block: name=x step=3 -->", "a = 1"),
		"the first left out":  fence("<!-- block: name=x step=2 -->", "a = 1"),
		"contradictions":      fence("<!-- block: name=x leaves=1 -->", "a = 1") + fence("<!-- block: name=x leaves=2 -->", "b = 1"),
	} {
		if _, err := parsePage("p.md", []byte(source)).folders(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
