// Package link is the life of a payment link, written once for all vendors: the resource, its data sources, its list resource and its
// actions. It decides what happens to a link in every state: what a create, a read, a change and a destroy do, when a link is
// replaced, when a 404 is believed, and what the user is told. It knows no vendor and no HTTP: a vendor is a driver
// (package driver), and its errors are those of package rest.
//
// Below it, each package decides one thing:
//
//   - driver: what a vendor implements, and what happens without an optional part
//   - diff: when two values are equal, which changes need a new link, and what a state becomes
//   - createonce: how one create makes exactly one link
//   - bulkread: how many links are read in few requests
//   - paging: how a list is read to its end
//
// Beside it, package protoserver decides what happens to a call before the framework sees it, and package rest what happens to a
// request. memdriver is a vendor in memory for tests, drivertest what every vendor's tests run.
//
// # Rules
//
// Each rule was learned from a mistake. It stands with the file that holds it and a test that fails without it. Files are relative to
// internal; a test is in the folder of a file of its rule, or in the folder that is named with it.
//
// Create:
//
//   - Once the request has succeeded, failures are warnings: an error taints, and the next apply replaces a live link.
//     link/create.go: TestCreateWithAnInvalidAnswerIsAWarning, TestActivationWithAnInvalidAnswerIsAWarning
//   - A new link that asks for other money than its plan is revoked again, and is an error; where nothing ends it, it is in state and a
//     warning.
//     link/create.go: TestNewLinkOfOtherMoneyIsRevoked, conformance TestNewLinkOfOtherMoneyIsEnded
//   - Such a link is replaced by the next plan that would activate it.
//     link/plan.go: conformance TestNewLinkOfOtherMoneyThatCannotBeEnded
//   - Nothing repeats a create whose outcome is unknown.
//     rest/retry.go: TestNoWriteIsDuplicated. link/createonce/create.go: link TestUnknownCreateIsSettledByCreationTimes
//   - After a 5xx the vendor may have forgotten an idempotency key: search first, and send again under the key only when nothing is found.
//     link/createonce/create.go: link TestCreateIsRetriedUnderItsIdempotencyKey
//   - A link is adopted only if it is the one with the whole content that was created since, and no state has it.
//     link/createonce/search.go: link TestUnknownCreateIsSettledByCreationTimes, link TestLateLinkOfAnEarlierCreateIsNotAdopted.
//     link/createonce/create.go: link TestLinkThatAppearsWhileAKilledRunIsSettled
//   - A link that differs only in spelling, or by what an answer leaves out, is named, and neither adopted nor overlooked. Other money is
//     another link.
//     link/diff/likeness.go: TestLikeness. link/createonce/search.go: link TestNearMatchIsNamedAndNotAdopted
//   - A create that is answered with a link known before made another one, or none: its outcome is unknown.
//     link/createonce/create.go: link TestCreateAnsweredWithAKnownLink
//   - Where answers hold no creation time, the links that exist are recorded before the first create, and again after each in doubt.
//     link/createonce/registry.go: link TestUnknownCreateIsSettledByASnapshot, link TestAdoptedWithoutAFreshList.
//     link/createonce/create.go: link TestKilledRunThatCouldNotListWhatExists
//   - A vendor's clock is not the machine's; its Date header tells by how much it is ahead, at least and at most. What lies between is doubt.
//     link/createonce/search.go: link TestUnknownCreateIsSettledByCreationTimes. rest/client.go: TestClockSkewIsBounded
//   - A create that was sent again under its key is told, with what no two links share: nothing holds a vendor to its promise.
//     link/createonce/create.go: link TestCreateIsRetriedUnderItsIdempotencyKey. rest/context.go: TestRepeatsAreCounted
//   - Creates of equal content run one at a time: their links cannot be told apart afterwards.
//     link/createonce/registry.go: link TestEqualCreatesRunOneAtATime
//   - Creates whose links might be confused take turns, in whatever process they are.
//     link/createonce/journal/attempt.go: TestAttemptsOfOneClassTakeTurns
//   - What a killed run left is for the next create of equal content; what an orderly run left is for nobody.
//     link/createonce/journal/attempt.go: TestLeftovers. link/createonce/settle.go: TestEveryHistoryEndsInOneLinkEach, link TestLinkOfAKilledRunThatAsksForOtherMoney
//   - A provider that lost its engine, or is dying, is waited for: until then nobody knows what it leaves.
//     link/createonce/journal/attempt.go: TestRunWithoutItsEngineIsWaitedFor
//   - A run that the engine ends within a change was not ended in order: what the change makes reaches nobody.
//     protoserver/end.go: TestRunIsNotEndedInOrderWithinAChange
//   - A part of a configuration does not show what the rest has in the state: it takes over nothing that was answered.
//     link/createonce/settle.go: TestSimulationFindsMistakes
//   - A link that a state has is taken over by nobody.
//     link/createonce/journal/journal.go: TestLeftovers
//   - After a kill of provider or engine the next apply makes one link of each that is declared; on a new machine it needs the journal of
//     the old one. The rows of the table in the guide "When a create fails or is killed", in their order:
//     link/createonce/settle.go: e2e TestAccKilled, TestEveryHistoryEndsInOneLinkEach. link/createonce/journal/attempt.go: TestPowerFailure, TestPowerFailureAfterASettledLeftover.
//     link/createonce/look.go: e2e TestAccNewMachine, link TestLookNamesWhatAnOrderlyRunLost
//   - A plan with creates names an open link of the same content that no state has shown, and takes nothing over.
//     link/plan_checks.go: TestLookBeforeCreate, TestLookNamesWhatAnOrderlyRunLost
//   - The look costs a page of the list, which a refresh of the same plan shares; the apply of the same engine does not repeat it.
//     link/plan_checks.go: TestLookSharesThePageOfARefresh, conformance TestLookCostsOnePage, e2e TestAccOnce.
//     link/createonce/journal/look.go: TestFirstLook
//   - What may have been lost is looked for with terraform query, or with the data source where the engine has none.
//     link/createonce/messages.go: TestWhereToLook
//   - A record that was torn counts as not written, and hides none that follows.
//     link/createonce/journal/index.go: TestTornRecordIsSkipped
//   - A file that is no journal stays as it is, and a journal that was damaged is told by the plan that replaces it.
//     link/createonce/journal/compact.go: TestFileThatIsNoJournal. link/plan.go: TestDamagedJournalIsToldByThePlan
//   - A journal that cannot be kept is said once, and creates go on.
//     link/createonce/journal/journal.go: TestFailureSwitchesOff. link/createonce/create.go: link TestJournalThatCannotBeKeptIsToldOnce
//   - Without a list nothing is searched and nothing is sent again: the error says so.
//     link/createonce/messages.go: link TestUnknownCreateWithoutList
//
// Read:
//
//   - A 404 is believed only under the account that created the link, and if the list, read once for all, does not show the link.
//     link/notfound.go: TestNotFoundUnderOtherCredentials, TestListedLinkIsNotGone, TestCompareAccounts. link/bulkread/index.go: TestIndexReadsTheListOnce
//   - Without a list a 404 is believed if the error is the vendor's own: a gateway in front of it answers 404 too.
//     link/notfound.go: TestGatewaysNotFoundIsNotBelieved
//   - A 404 right after a create may be a lag, at a destroy too: believed at once, it leaves a payable link behind. In the first minute it is
//     never believed: the walk of the list may be from before the create.
//     link/notfound.go: TestNotFoundOfANewLinkIsRetried, TestDestroyRetriesANotFoundOfANewLink
//   - A link that was paid or expired before its vendor forgot it keeps that state: its money is not asked for again.
//     link/read.go: TestForgottenLinkStaysPaidOrExpired
//   - An answer about another link than was asked for is none.
//     link/answer.go: TestAnswerAboutAnotherLink
//   - A failed read changes nothing.
//     link/read.go: TestFailedReadKeepsTheState
//   - What the vendor wrote in another form at the create is remembered as a hash, and is no drift later.
//     link/diff/merge.go: TestMergeRefreshed, TestVendorFormsDoNotRepeatValues
//   - What the configuration left out and the vendor fills in later is no drift.
//     link/diff/merge.go: link TestAttributesFilledInLaterAreNoDrift
//   - Null, "" and an empty collection are equal; an unknown value equals nothing.
//     link/diff/equal.go: TestEqual
//   - A page is not used for a link that this process has written to, and a link that no page shows is read singly.
//     link/bulkread/reader.go: TestInvalidatedLinkIsReadSingly, TestRequestsStayWithinTheBound. link/read.go: TestWrittenLinkIsReadSingly
//   - A page never changes a link: a link that it shows differently from the state is read singly.
//     link/read.go: TestPageNeverChangesALink. link/bulkread/reader.go: TestRejectedPageItemsAreReadSingly
//   - What an answer leaves out proves nothing: the state keeps what it says.
//     link/diff/merge.go: TestMergeRefreshed. link/answer.go: TestLeftOutValueIsKept. link/activation.go: TestActivationAnsweredWithLess
//   - What an import could not read goes from null to the configured value in place, once, with a warning.
//     link/diff/missing.go: TestMissingArguments, TestTakenOnTrust. link/plan.go: TestMissingAtImportIsTakenOnTrust, TestMissingAtImportOutlastsOtherChanges
//   - An engine drops private state when the provider is killed within a change: what an import could not read still replaces nothing.
//     link/private_state.go: TestMissingAtImportOutlastsAKill
//   - A page is used for a minute without reads, and no longer.
//     link/bulkread/reader.go: TestPageExpiresAfterAPause, TestPageDoesNotExpireDuringReads
//   - Pages and single reads alternate, which costs at most twice the cheaper of the two.
//     link/bulkread/scheduler.go: TestSchedulerAlternates, TestRequestsStayWithinTheBound
//   - A list that changes while it is read is read again; one that is broken never looks complete.
//     link/paging/walk.go: TestAllReadsAChangedListAgain, TestBrokenListIsAnError
//   - A read without the framework answers byte for byte what the framework would.
//     protoserver/read.go: TestReadEqualsTheFramework, conformance TestRefreshWithoutTheFrameworkIsTheSame
//   - A plan and a validation without the framework say what the framework would: every plan and every validation of a test is held to it.
//     protoserver/plan.go, protoserver/attributes/plan.go: TestShortcutsCanBeSwitchedOff, conformance TestPlanWithoutTheFrameworkIsTheSame
//   - The framework retains every context: a request's context is emptied when the request ends.
//     protoserver/framework.go: conformance TestRequestContextsAreReleased
//   - A field of another type is taken where its meaning is plain, else it is left out and named once; keys are case-sensitive.
//     rest/lenient/lenient.go: TestUnmarshal. link/answer.go: conformance TestUnexpectedFieldsCostNoLink
//   - An entry of a list that cannot be read is named, the others are used, and the list proves no 404.
//     link/datasource_list.go: conformance TestUnreadableEntryFailsNoList. link/bulkread/index.go: TestEntryWithoutIDProvesNothing
//
// Plan and change:
//
//   - Replacement is decided in one place: a plan modifier on a leaf misses a shrunk list and a removed object.
//     link/plan.go: TestEveryArgumentAloneReplaces. link/diff/replacements.go: TestReplacements
//   - Changed arguments of a link whose money was paid, or may have been, are an error: a new link asks for it again.
//     link/plan_checks.go: TestReplacementInEveryState
//   - A link that is gone is not recreated under a new `replace_when` that does not ask for it: the read knew only the old one.
//     link/plan_checks.go: TestGoneUnderANewReplaceWhen
//   - A link that awaits an activation which nobody asked for is open, and nobody can pay it: its create and its plans say so.
//     link/activation.go: TestNotPayableYet
//   - Two new links of one run with one unique value are told while planning: an engine asks for each new link once.
//     link/plan_checks.go: TestTwoNewLinksWithOneUniqueValue
//   - An open link is renewed from its end minus `renew_before` on; one that was paid or has ended is not.
//     link/plan_checks.go: TestOpenLinkIsRenewed, TestOnlyAnOpenLinkIsRenewed
//   - A `renew_before` that is not shorter than the link's life would renew it in every plan.
//     link/plan_checks.go: TestRenewBeforeThatCannotBe
//   - The plan of a destroy tells that somebody is paying.
//     link/plan_checks.go: TestDestroyInEveryState
//   - The framework does not compare semantically while planning: an equal value keeps the form of the state, where both have one.
//     link/diff/merge.go: TestKeepEqual. link/diff/equal.go: link TestTextsAndNullsThatAreNoDifference
//   - Terraform takes a planned value only if it is the configuration's or the state's: a null in a set stays in plan and state, and is
//     neither compared nor sent.
//     tfvalue/reader.go: link TestTextsAndNullsThatAreNoDifference
//   - What the configuration set when the link was made, and the vendor would have filled in without it, replaces when it is removed.
//     link/diff/removed.go: link TestRemovedArgumentsReplace
//   - Policies change in place, without a request.
//     link/update.go: TestPoliciesChangeInPlace
//   - A hidden attribute is filled in once after an import; after that a change of it replaces.
//     link/update.go: TestHiddenAttributesAreFilledInOnceAfterAnImport
//   - Terraform folds warnings of one summary: one that ends a URL or leaves it payable names the link in its summary.
//     link/plan.go: TestSummaryNamesALinkThatDiesOrStaysPayable
//   - The framework reports the required attributes of an unknown list element as missing: those errors are dropped.
//     protoserver/framework.go: TestErrorsBelowUnknownElementsAreDropped
//
// Import:
//
//   - An id that cannot be one is refused before it becomes part of a URL.
//     link/import.go: TestImportRefusesInvalidIDs, FuzzImportID
//   - The configuration that an engine generates from an import plans nothing, also for a link that has ended.
//     link/read.go: TestPlanAfterAnImportIsEmpty, TestImportInEveryState, TestImportKeepsAnObjectOfNulls, conformance TestListedLinksPlanEmptyAfterImport
//
// Destroy and actions:
//
//   - A destroy revokes first and reads only what is refused, or has an unknown outcome.
//     link/revoke.go: TestDestroyIsOneRequest, TestRefusedDestroyReadsTheLink
//   - A revoke is believed if its answer shows the link as ended, or is the documented one without a body. After any other success the
//     link is looked at, once.
//     link/revoke.go: TestRevokeWithAnAnswerThatProvesNothing. rest/retry.go: TestWhatIsRepeated
//   - A destroy without private state believes a 404 only where the vendor's scope tells the account.
//     link/notfound.go: TestDestroyWithoutPrivateState
//   - A replacement under another account is refused while planning.
//     link/plan.go: TestReplacementUnderAnotherAccountIsRefused
//   - A destroy checks the account before any request, and takes the policies of the state.
//     link/delete.go: TestDestroyChecksTheAccountFirst, TestDestroyReadsThePolicyFromState
//   - A 404 is a success of a destroy and an error of an action, for which a mistyped id would look like success.
//     link/delete.go: TestRefusedDestroyReadsTheLink. link/action.go: TestActionNeverBelievesANotFound
//   - An invocation is bounded: no configuration can set a timeout for it.
//     link/action.go: TestActionHasATimeout
//
// Vendors:
//
//   - What a vendor offers follows from the type of its client: without a list there is nothing that lists.
//     link/register.go: TestVendorWithoutListOffersNoLists, TestLinkOfAVendorWithoutList, TestNotFoundWithoutList
//
// Requests:
//
//   - Status and code of an error decide, never its text.
//     rest/retry.go: TestWhatIsRepeated, TestOutcomeOfAnAttempt. link/revoke.go: TestRevokeWithRefusedCredentials
//   - Go's transport sends a request with a GetBody again on a kept connection that ends: one that carries an idempotency key has none.
//     rest/attempt.go: TestTransportReplaysNoWrite
//   - A bucket of N tokens lets 2N requests through in a minute: the limiter remembers when the last N were sent.
//     rest/ratelimit/ratelimit.go: TestNoMinuteHoldsMoreThanAllowed
//   - Not every 401 means a dead token: one that was good is given up only after several in a row.
//     rest/auth/rejected.go: TestRejectedTokenIsGivenUp
//   - A fetch of a token goes on for the others when the one who began it is interrupted.
//     rest/auth/refreshing.go: TestWaitersStopWithTheirOwnContext
//   - Secrets are masked before a text is cut, in every spelling, and a part of one where somebody else cut the text.
//     rest/redact/sanitize.go: TestSanitizeRedactsBeforeItCuts. rest/redact/redact.go: TestSecretsAreRedactedInEverySpelling. rest/redaction.go: TestSecrecyMatrix
//   - Of an answer to a call for a token nothing is repeated but the fields of an error: it may hold a token that nobody knows yet.
//     rest/redaction.go: TestSecrecyMatrix
//   - What is sensitive in the state, plan and configuration of a call is hidden in all that a vendor says in it, not only in the answer to
//     the request that held it.
//     protoserver/sensitive.go, link/drivertest/secrecy_matrix.go, rest/context.go: TestSecrecyMatrix
//   - A text of a success that holds a credential, or a control character, counts as left out: it would get into the state.
//     rest/redaction.go: TestUnusableTexts, TestUsableTexts, conformance TestNoStateHoldsACredential
//   - What a vendor said drives no terminal: every message passes one gate.
//     protoserver/visible.go: conformance TestTerminalMatrix, conformance TestTerminalOfConfigurations. rest/redact/sanitize.go: FuzzVisible
//   - Every number and duration of a configuration has a range: a wrong one is an error before any request.
//     tfvalue/attributes.go: conformance TestNumbersAndDurationsHaveARange
//   - An id of an answer is held to the form of an import id, and a URL must be https.
//     link/driver/answer.go: TestIDOf, TestURLOf
//   - A credential or a payer's datum stands in no log, diagnostic or error.
//     rest/redaction.go: TestSecretsAreInNoErrorAndNoLog
//   - What never connected is found out by the first requests, for all of a run.
//     rest/unreachable.go: TestAddressThatNeverAnswered, TestAddressThatNeverAnsweredEndsAllAtOnce
//   - A list in a data source has nothing sensitive, because an engine compares each value with each sensitive path, and a bound.
//     link/datasource_schema.go: conformance TestDataSourceSchemasAreTheResources. link/datasource_list.go: TestDataSourceIsBounded
//   - Of a list only ids are kept, eight bytes each, and a bounded number of links that no read has asked for yet.
//     link/bulkread/scan.go: TestMemoryIsBounded, TestWhatIsNotKeptIsReadSingly, TestLongListIsUsedAsItComes
//   - Every walk over a list ends: in pages, links and time, with an error that names the bound.
//     link/paging/walk.go: TestBrokenListIsAnError, TestWalkEndsInTime. rest/do.go: TestElementsAreBoundedInNumber
//   - A short number can have a gigabyte of digits: numbers of an answer go through package money.
//     link/diff/equal.go: TestEqual. money/number.go: TestNumberFromJSONIsNullForWhatTerraformCannotHold
package link
