// Command token gets the first tokens of a vendor that gives them out only when a person allows it, and writes the token file that
// the provider renews. It prints no token and no secret.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
	built "github.com/paymentlinks/terraform-provider-paymentlinks/internal/version"
)

// version is set by the build.
var version = built.Unstamped

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, terminal{in: os.Stdin, out: os.Stdout, errs: os.Stderr, getenv: os.Getenv, clock: clock.System{}}, vendors.All(), os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "paymentlinks-token:", err)
		os.Exit(1)
	}
}

// terminal is what the program sees of the world.
type terminal struct {
	in        io.Reader
	out, errs io.Writer
	getenv    func(string) string
	clock     clock.Clock
}

// program is one run for one vendor.
type program struct {
	terminal
	vendor         settings.Object
	auth           *settings.Authorization
	file, redirect string
}

const usage = `paymentlinks-token gets the OAuth tokens of %[1]s and writes them to a file. The provider renews them there.

  paymentlinks-token %[2]s [FLAGS]   authorise an application: open the URL that is printed, and allow it
  paymentlinks-token renew [FLAGS]   renew the tokens in the file now; the provider does this when needed
  paymentlinks-token show [FLAGS]    show when they expire, and no token

It reads %[3]s_CLIENT_ID and %[3]s_CLIENT_SECRET from the environment, or else from the file, and the other settings from the
provider's variables, such as %[3]s_ENVIRONMENT.

`

func run(ctx context.Context, t terminal, all []link.Registration, args []string) error {
	all = slices.DeleteFunc(slices.Clone(all), func(r link.Registration) bool { return r.Settings.Authorization == nil })
	p := &program{terminal: t}
	command := "authorize"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		command, args = args[0], args[1:]
	}
	for _, r := range all {
		if command == r.Settings.Name {
			command, p.vendor = "authorize", r.Settings
		}
	}
	if p.vendor.Name == "" { // renew and show know the vendor by the form of its file
		p.vendor = all[0].Settings
		if command == "authorize" && len(args) == 0 {
			args = []string{"-help"}
		}
	}
	p.auth = p.vendor.Authorization
	flags := flag.NewFlagSet("paymentlinks-token", flag.ContinueOnError)
	flags.SetOutput(t.errs)
	flags.Usage = func() {
		fmt.Fprintf(t.errs, usage, p.vendor.Name, p.vendor.Name, p.envPrefix())
		flags.PrintDefaults()
	}
	file := p.setting(p.auth.FileSetting)
	if file == "" {
		file = p.vendor.Name + ".json"
	}
	flags.StringVar(&p.file, "file", file, "token `file`")
	flags.StringVar(&p.redirect, "redirect", "http://localhost:8788/callback", "redirect `URL` of the application, as it is registered at the vendor. "+
		"The program listens on a URL of this machine; for any other, paste the URL the browser is redirected to")
	showVersion := flags.Bool("version", false, "print the version and exit")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q; -help lists the flags", flags.Arg(0))
	}
	switch {
	case *showVersion:
		_, err := fmt.Fprintln(t.out, "paymentlinks-token", version)
		return err
	case command == "authorize":
		return p.authorize(ctx)
	case command == "renew":
		return p.renew(ctx)
	case command == "show":
		return p.show()
	}
	return fmt.Errorf("unknown command %q; -help lists the commands", command)
}

func (p *program) envPrefix() string { return strings.ToUpper(p.vendor.Name) }

// setting returns a setting of the vendor's object, from its environment variable.
func (p *program) setting(name string) string {
	for _, s := range p.vendor.Settings {
		if s.Name == name && s.Env != "" {
			return p.getenv(s.Env)
		}
	}
	return ""
}

// renew renews the file's tokens.
func (p *program) renew(ctx context.Context) error {
	host, err := p.auth.Host(p.setting)
	if err != nil {
		return err
	}
	if err := p.auth.Renew(ctx, p.file, host, p.clock); err != nil {
		return err
	}
	return p.show()
}

// show says when the file's tokens end.
func (p *program) show() error {
	tokens, err := p.auth.Read(p.file)
	if err != nil {
		return err
	}
	now, ends := p.clock.Now(), tokens.ExpiresAt
	switch {
	case tokens.AccessToken == "":
		fmt.Fprintln(p.out, p.file+": there is no access token yet; the first use of the file renews it")
	case ends.IsZero():
		fmt.Fprintln(p.out, p.file+": the file does not say when the access token expires")
	case ends.After(now):
		fmt.Fprintf(p.out, "%s: the access token expires at %s, in %s\n", p.file, ends.UTC().Format(timeForm), ends.Sub(now).Round(rounding))
	default:
		fmt.Fprintf(p.out, "%s: the access token expired at %s; the next use of the file renews it\n", p.file, ends.UTC().Format(timeForm))
	}
	if !ends.IsZero() {
		fmt.Fprintf(p.out, "Renew or use the file before %s: a refresh token expires %d days after its last renewal.\n",
			ends.Add(p.auth.RefreshLife).UTC().Format(dayForm), int(p.auth.RefreshLife.Hours()/24))
	}
	return nil
}
