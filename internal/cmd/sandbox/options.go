package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	built "github.com/paymentlinks/terraform-provider-paymentlinks/internal/version"
)

// options are what the command line asks for.
type options struct {
	vendors          []vendorapi.Constructor
	serve            sandbox.Options
	seed             string
	faults, switches []string
	ahead            time.Duration
	ready, env       string
	json, version    bool
}

// intro takes the vendors' names.
const intro = `sandbox serves stand-ins for the payment vendors %s on this machine: their APIs, a payment page
for each link, and a page with all links. It prints the variables that point the provider at them, and stores nothing.

  sandbox                                          listen on 127.0.0.1:8787
  sandbox -seed demo                               with links to look at and to import
  sandbox -env sandbox.env                         then, in the shell where you run Terraform: . ./sandbox.env
  sandbox -fault '*:create:drop,after,times=1'     a create whose response is lost
  sandbox -fault '*:*:503' -ahead 8760h            no vendor responds, a year from now

`

func parse(all []vendorapi.Constructor, args []string, errs io.Writer) (*options, error) {
	o := &options{vendors: all}
	flags := flag.NewFlagSet("sandbox", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.Usage = func() {
		fmt.Fprintf(errs, intro, strings.Join(o.idle().Vendors(), ", "))
		flags.PrintDefaults()
	}
	flags.StringVar(&o.serve.Addr, "addr", "127.0.0.1:8787", "`address` to listen on; port 0 selects a free one")
	flags.BoolVar(&o.serve.AnyAddress, "any-address", false, "allow an address other than loopback, where others can pay and cancel links")
	flags.StringVar(&o.serve.URL, "url", "", "`address` under which others reach the sandbox, for links and variables, such as http://192.0.2.7:8787")
	ports := each(flags, "port", "also serve a vendor on its own port, as `VENDOR=PORT`; once for each vendor")
	flags.StringVar(&o.seed, "seed", "", "links to start with: \"demo\", or a `file` as in {\"VENDOR\": <link, list answer or array>}; ${SANDBOX} in it is the sandbox's address")
	faults := each(flags, "fault", "fault to inject, as `VENDOR:CALL:WHAT`; may be repeated; \"help\" lists the faults")
	switches := each(flags, "switch", "behavior that the vendor's documentation does not settle, as `VENDOR.NAME=VALUE`; may be repeated; \"help\" lists the switches")
	flags.DurationVar(&o.ahead, "ahead", 0, "how far the sandbox's clock is ahead of this machine's, such as 720h")
	flags.StringVar(&o.env, "env", "", "`file` to write the variables to, for a shell to read; removed on exit")
	flags.BoolVar(&o.json, "json", false, "print {url, env} as JSON instead of text")
	flags.StringVar(&o.ready, "ready-file", "", "`file` to write as JSON {url, env} once the sandbox listens; removed on exit")
	flags.BoolVar(&o.version, "version", false, "print the version and exit")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("unexpected argument %q; -help lists the flags", flags.Arg(0))
	}
	if o.ahead < 0 {
		return nil, errors.New("-ahead must not be negative")
	}
	o.faults, o.switches = *faults, *switches
	return o, o.listen(*ports)
}

// each is a flag that may be given several times.
func each(flags *flag.FlagSet, name, usage string) *[]string {
	values := &[]string{}
	flags.Func(name, usage, func(value string) error {
		*values = append(*values, value)
		return nil
	})
	return values
}

// listen reads VENDOR=PORT: a port of the host that the sandbox listens on.
func (o *options) listen(ports []string) error {
	o.serve.Ports = map[string]string{}
	for _, text := range ports {
		vendor, port, ok := strings.Cut(text, "=")
		host, _, err := net.SplitHostPort(o.serve.Addr)
		if !ok || err != nil {
			return errors.Join(fmt.Errorf("-port %q is not VENDOR=PORT", text), err)
		}
		o.serve.Ports[vendor] = net.JoinHostPort(host, port)
	}
	return nil
}

// handleInfoFlags answers the flags that only ask, without serving.
func (o *options) handleInfoFlags(out io.Writer) (bool, error) {
	text := ""
	switch {
	case o.version:
		text = fmt.Sprintf("paymentlinks-sandbox %s %s/%s %s\n", built.Of(version), runtime.GOOS, runtime.GOARCH, runtime.Version())
	case slices.Contains(o.faults, "help"):
		text = faultHelp(o.idle())
	case slices.Contains(o.switches, "help"):
		var err error
		if text, err = switchHelp(o.idle()); err != nil {
			return true, err
		}
	default:
		return false, nil
	}
	_, err := io.WriteString(out, text)
	return true, err
}

// idle returns a sandbox that does not listen, to be asked what there is.
func (o *options) idle() *sandbox.Sandbox { return sandbox.New(sandbox.Options{}, o.vendors...) }

// prepare does to a sandbox what the flags ask for.
func (o *options) prepare(s *sandbox.Sandbox) error {
	s.Advance(o.ahead)
	for _, text := range o.switches {
		if err := setSwitch(s, text); err != nil {
			return fmt.Errorf("-switch %s: %w", text, err)
		}
	}
	for _, text := range o.faults {
		fault, err := s.ParseFault(text)
		if err != nil {
			return err
		}
		s.Inject(fault)
	}
	return loadSeed(s, o.seed)
}

// setSwitch changes one switch. Its value is text where the switch is, and else JSON.
func setSwitch(s *sandbox.Sandbox, text string) error {
	name, value, ok := strings.Cut(text, "=")
	vendor, name, dotted := strings.Cut(name, ".")
	if !ok || !dotted {
		return errors.New("it is not VENDOR.NAME=VALUE")
	}
	now, err := switchesOf(s, vendor)
	if err != nil {
		return err
	}
	was, ok := now[name]
	if !ok {
		return fmt.Errorf("no such switch; -switch help lists them")
	}
	raw := json.RawMessage(value)
	if was[0] == '"' {
		if raw, err = json.Marshal(value); err != nil {
			return err
		}
	}
	change, err := json.Marshal(map[string]json.RawMessage{name: raw})
	if err != nil {
		return fmt.Errorf("%q is no value for it; it is %s now", value, was)
	}
	return s.SetSwitches(vendor, change)
}

func switchesOf(s *sandbox.Sandbox, vendor string) (map[string]json.RawMessage, error) {
	if !slices.Contains(s.Vendors(), vendor) {
		return nil, fmt.Errorf("no vendor %q: %s", vendor, strings.Join(s.Vendors(), ", "))
	}
	data, err := json.Marshal(s.Switches(vendor))
	if err != nil {
		return nil, err
	}
	var all map[string]json.RawMessage
	return all, json.Unmarshal(data, &all)
}
