package webtest_test

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/webtest/browser"
)

// TestAuthorizedInTheBrowser is how somebody gets the first tokens: the program prints a URL, the browser opens it, the person allows the
// application, and the browser is led back to the program, which writes the file.
func TestAuthorizedInTheBrowser(t *testing.T) {
	t.Parallel()
	tab := browser.Require(t)
	for _, r := range vendors.All() {
		if r.Settings.Authorization == nil {
			continue
		}
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		redirect := fmt.Sprintf("http://%s/callback", listener.Addr())
		_ = listener.Close()
		dir, prefix := t.TempDir(), strings.ToUpper(r.Settings.Name)
		program, file := filepath.Join(dir, "paymentlinks-token"), filepath.Join(dir, "tokens.json")
		if err := workspace.Build(t.Context(), program, "./internal/cmd/token"); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), program, r.Settings.Name, "-file", file, "-redirect", redirect)
		cmd.Env = append(os.Environ(), prefix+"_CLIENT_ID="+vendorapi.PublicClient, prefix+"_CLIENT_SECRET="+vendorapi.PublicClient)
		for name, value := range acctest.NewSandbox(t, r.Settings.Name).Env() {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
		printed, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(printed)
		for lines.Scan() && !strings.HasPrefix(strings.TrimSpace(lines.Text()), "http") {
		}
		if status, err := tab.Navigate(strings.TrimSpace(lines.Text())); err != nil || status != 200 {
			t.Fatalf("the page answers %d: %v", status, err)
		}
		if err := tab.Click("button[value=allow]"); err != nil {
			t.Fatal(err)
		}
		if said, err := tab.Text("body"); err != nil || !strings.Contains(said, "The application is authorised") {
			t.Errorf("the browser shows %q: %v", said, err)
		}
		for lines.Scan() {
		}
		if err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Settings.Authorization.Read(file); err != nil {
			t.Error(err)
		}
	}
}
