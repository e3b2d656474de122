package conomy

import (
	"context"
	"fmt"
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// tokenTaken is the code and the type of the 409 that says that the checkout token belongs to another link (contract 6.2).
var tokenTaken = []string{"13", "alreadyExist"}

// addTokenHolderHint adds to a refused create (409, contract 8.7) which link holds the checkout token and how to take that
// one over. Nothing is adopted: a link with the same token may have another content.
func (c *client) addTokenHolderHint(ctx context.Context, body LinkFields, refusal error) {
	failed, ok := rest.AsError(refusal)
	if !ok || failed.Status != http.StatusConflict || failed.Outcome != rest.NotApplied {
		return
	}
	for held, err := range c.ownerLinks(ctx, body.Owner) {
		if err != nil {
			failed.AddHint("Looking for the link that holds this checkout_token failed too: " + err.Error() + ".")
			return
		}
		if held.CheckoutToken == body.CheckoutToken {
			failed.AddHint(fmt.Sprintf("The checkout_token %q belongs to the link %s (%s), which is %s. "+
				"If it is the link that this one is to replace, create_before_destroy stands in the way. Else write another checkout_token, or take that link over:\n\n  import {\n    to = paymentlinks_conomy_link.NAME\n    id = %q\n  }\n",
				held.CheckoutToken, idOf(held), driver.URLOf(held.URL), held.Status, idOf(held)))
			return
		}
	}
	failed.AddHint("No link of this owner shows the checkout_token; another owner's may hold it. Write another checkout_token.")
}
