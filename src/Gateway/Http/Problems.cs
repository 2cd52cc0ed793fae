using Gateway.Mail.Faults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Http;

/// <summary>Every problem this server answers with (RFC 9457).</summary>
internal static class Problems
{
    private static readonly ProblemKind UnauthenticatedKind = new("unauthenticated", 401, "No valid API key or session");
    private static readonly ProblemKind InsufficientScopeKind = new("insufficient-scope", 403, "The API key may not do this");
    private static readonly ProblemKind AntiforgeryFailedKind = new("antiforgery-failed", 403, "The anti-forgery token is missing or wrong");
    private static readonly ProblemKind ForeignOriginKind = new("foreign-origin", 403, "This origin may not use the session");
    private static readonly ProblemKind HttpsRequiredKind = new("https-required", 403, "Sign in over HTTPS");
    internal static readonly ProblemKind AccountNotFoundKind = new("account-not-found", 404, "No such account");
    private static readonly ProblemKind MailboxNotFoundKind = new("mailbox-not-found", 404, "No such mailbox");
    private static readonly ProblemKind MailboxExistsKind = new("mailbox-exists", 409, "There is a mailbox of this name");
    private static readonly ProblemKind MailboxInUseKind = new("mailbox-in-use", 409, "This mailbox is still needed");
    private static readonly ProblemKind MailboxRefusedKind = new("mailbox-refused", 422, "The mail server does not allow this mailbox");
    private static readonly ProblemKind MessageNotFoundKind = new("message-not-found", 404, "No such message");
    private static readonly ProblemKind PartNotFoundKind = new("part-not-found", 404, "The message has no such part");
    private static readonly ProblemKind ImageNotFoundKind = new("image-not-found", 404, "The message shows no such image");
    private static readonly ProblemKind ImageUnavailableKind = new("image-unavailable", 502, "The image cannot be had");
    private static readonly ProblemKind UnsubscribeUnavailableKind = new("unsubscribe-unavailable", 422, "The mailing has no one-click address");
    private static readonly ProblemKind UnsubscribeFailedKind = new("unsubscribe-failed", 502, "The mailing did not take the request to leave it");
    private static readonly ProblemKind SessionNotFoundKind = new("session-not-found", 404, "No such session");
    private static readonly ProblemKind TemplateNotFoundKind = new("template-not-found", 404, "No such template");
    private static readonly ProblemKind IdentityNotFoundKind = new("identity-not-found", 404, "No such identity");
    private static readonly ProblemKind BlobNotFoundKind = new("blob-not-found", 404, "No such upload");
    private static readonly ProblemKind UploadOffsetMismatchKind = new("upload-offset-mismatch", 409, "The upload goes on at another place");
    private static readonly ProblemKind DraftInUseKind = new("draft-in-use", 409, "The draft is being sent");
    private static readonly ProblemKind OperationNotFoundKind = new("operation-not-found", 404, "No such operation");
    private static readonly ProblemKind OperationNotUndoableKind = new("operation-not-undoable", 409, "The operation cannot be undone");
    private static readonly ProblemKind ThreadNotFoundKind = new("thread-not-found", 404, "No such conversation");
    private static readonly ProblemKind SubmissionNotFoundKind = new("submission-not-found", 404, "No such submission");
    private static readonly ProblemKind WebhookNotFoundKind = new("webhook-not-found", 404, "No such webhook");
    private static readonly ProblemKind PushSubscriptionNotFoundKind = new("push-subscription-not-found", 404, "No such push subscription");
    private static readonly ProblemKind SubmissionNotWaitingKind = new("submission-not-waiting", 409, "The submission waits no more");
    private static readonly ProblemKind SubmissionNotRetryableKind = new("submission-not-retryable", 409, "The submission cannot be sent again");
    private static readonly ProblemKind MalformedRequestKind = new("malformed-request", 400, "The request cannot be read");
    private static readonly ProblemKind MalformedCursorKind = new("malformed-cursor", 400, "The cursor was not made by this server");
    private static readonly ProblemKind ValidationFailedKind = new("validation-failed", 422, "The request is not valid");
    private static readonly ProblemKind DuplicateKind = new("duplicate-account", 409, "This externalId is taken");
    private static readonly ProblemKind IdempotencyKeyReusedKind = new("idempotency-key-reused", 409, "The idempotency key was used for another request");
    private static readonly ProblemKind AnswerNotKeptKind = new("answer-not-kept", 409, "It was done, and the answer is too long to be given again");
    private static readonly ProblemKind PreconditionFailedKind = new("precondition-failed", 412, "It has changed since");
    private static readonly ProblemKind TooLargeKind = new("too-large", 413, "The request is too large");
    private static readonly ProblemKind RangeKind = new("range-not-satisfiable", 416, "The range is outside of what there is");
    private static readonly ProblemKind RateLimitedKind = new("rate-limited", 429, "Too many requests");
    private static readonly ProblemKind CursorExpiredKind = new("cursor-expired", 410, "The cursor is older than the event log");
    private static readonly ProblemKind DiscoveryFailedKind = new("discovery-failed", 422, "No mail servers found for this address");
    private static readonly ProblemKind StoreUnavailableKind = new("store-unavailable", 503, "Nothing can be stored at the moment");
    private static readonly ProblemKind UnexpectedKind = new("unexpected", 500, "Something went wrong on our side");
    private static readonly ProblemKind HttpKind = new("http-error", 0, "The request was refused");

    public static ProblemHttpResult Unauthenticated => Of(UnauthenticatedKind, "Send an API key as a Bearer token, or sign in.");
    public static ProblemHttpResult InsufficientScope => Of(InsufficientScopeKind, "The key lacks the scope this route asks for.");
    public static ProblemHttpResult AntiforgeryFailed => Of(AntiforgeryFailedKind, "Send the session's antiforgeryToken in the header X-Antiforgery-Token, from the same origin.");
    public static ProblemHttpResult ForeignOrigin => Of(ForeignOriginKind, "A session only serves pages of its own origin.");
    public static ProblemHttpResult HttpsRequired => Of(HttpsRequiredKind, "Plain HTTP is only for loopback: a password would cross the network in the clear.");
    public static ProblemHttpResult AccountNotFound => Of(AccountNotFoundKind, "There is no such account, or it is out of this caller's reach.");
    public static ProblemHttpResult MailboxNotFound => Of(MailboxNotFoundKind, "The account has no mailbox with this id (it may have been deleted, renamed or re-made).");
    public static ProblemHttpResult MessageNotFound => Of(MessageNotFoundKind, "The account has no message with this id.");
    public static ProblemHttpResult PartNotFound => Of(PartNotFoundKind, "The message has no part with this id.");
    public static ProblemHttpResult ImageNotFound => Of(ImageNotFoundKind, "Only addresses in data-remote-src of the message's html are loaded.");
    public static ProblemHttpResult ImageUnavailable => Of(ImageUnavailableKind, "Its server cannot be reached, may not be reached from here, or answers with no raster image of at most 5 MB.");
    public static ProblemHttpResult UnsubscribeUnavailable => Of(UnsubscribeUnavailableKind, "Use the page or the address in the message's unsubscribe field, if it has one.");
    public static ProblemHttpResult IdentityNotFound => Of(IdentityNotFoundKind, "The account has no identity with this id.");
    public static ProblemHttpResult SessionNotFound => Of(SessionNotFoundKind, "The account has no session with this id; it may have ended.");
    public static ProblemHttpResult TemplateNotFound => Of(TemplateNotFoundKind, "The account has no template with this id.");
    public static ProblemHttpResult BlobNotFound => Of(BlobNotFoundKind, "The account has no upload with this id; it may have expired.");
    public static ProblemHttpResult UploadOffsetMismatch => Of(UploadOffsetMismatchKind, "Go on at the place that Upload-Offset in this answer names; a complete upload takes no more.");
    public static ProblemHttpResult DraftInUse => Of(DraftInUseKind, "It was handed over for sending: wait for its outcome.");
    public static ProblemHttpResult OperationNotFound => Of(OperationNotFoundKind, "There is no such operation, or it ended long ago, or it is out of this caller's reach.");
    public static ProblemHttpResult OperationNotUndoable => Of(OperationNotUndoableKind, "It runs still, moved nothing, or was undone already.");
    public static ProblemHttpResult ThreadNotFound => Of(ThreadNotFoundKind, "The account has no conversation with this id, or its messages are older than those that are put into conversations.");
    public static ProblemHttpResult SubmissionNotFound => Of(SubmissionNotFoundKind, "The account has no submission with this id.");
    public static ProblemHttpResult WebhookNotFound => Of(WebhookNotFoundKind, "There is no such webhook, or it tells of accounts out of this caller's reach.");
    public static ProblemHttpResult PushSubscriptionNotFound => Of(PushSubscriptionNotFoundKind, "It was signed out, ended by its push service, or is of an account out of this caller's reach.");
    public static ProblemHttpResult SubmissionNotWaiting => Of(SubmissionNotWaitingKind, "It is being sent, was sent to some or all, or has ended.");
    public static ProblemHttpResult SubmissionNotRetryable => Of(SubmissionNotRetryableKind, "It has not failed, is still being filed, or ended too long ago.");
    public static ProblemHttpResult MalformedSubmissionId => Malformed(new(null, "submissionId", "is not a submission id"));
    public static ProblemHttpResult DuplicateAccount => Of(DuplicateKind, "Another account has this externalId.");
    public static ProblemHttpResult IdempotencyKeyReused => Of(IdempotencyKeyReusedKind, "The same Idempotency-Key came with another request.");
    public static ProblemHttpResult AnswerNotKept => Of(AnswerNotKeptKind, "The request with this Idempotency-Key was carried out: ask for what it made or changed.");
    public static ProblemHttpResult PreconditionFailed => Of(PreconditionFailedKind, "It is not what If-Match names any more: get it again and decide anew.");
    public static ProblemHttpResult RangeNotSatisfiable => Of(RangeKind, "No byte of the requested range exists.");
    public static ProblemHttpResult RateLimited => Of(RateLimitedKind, "Slow down and try again after the time in Retry-After.");
    public static ProblemHttpResult CursorExpired => Of(CursorExpiredKind, "Events before the retained tail are gone: list again, then follow from now.");
    public static ProblemHttpResult StoreUnavailable => Of(StoreUnavailableKind, "Nothing was done. The server's own store is full, locked or away; the operator finds the reason in the log under this traceId.");
    public static ProblemHttpResult Unexpected => Of(UnexpectedKind, "The failure is in the server's log under this traceId.");

    public static ProblemHttpResult MalformedCursor => Of(MalformedCursorKind, "Use nextCursor as it was given.", [new(null, "cursor", "is not a cursor")]);

    public static ProblemHttpResult MalformedState => Of(MalformedCursorKind, "Send the state of an earlier answer as it was given.", [new(null, "since", "is not a state")]);

    public static ProblemHttpResult StateExpired => Of(CursorExpiredKind, "What the mailboxes held then is not known any more: list again, and go on from a new state.");

    public static ProblemHttpResult MalformedEventId => Of(MalformedCursorKind, "Send the id of an event as it was given.", [new(null, "Last-Event-ID", "is not an event id of this server")]);

    public static ProblemHttpResult MailboxExists => Of(MailboxExistsKind, "Choose another name, or use the mailbox that is there.");

    public static ProblemHttpResult MailboxInUse(string detail) => Of(MailboxInUseKind, detail);

    public static ProblemHttpResult MailboxRefused(MailException error) => Of(MailboxRefusedKind, error.ServerText is { } words ? $"The server said: {words}" : error.Message);

    public static ProblemHttpResult UnsubscribeFailed(string detail) => Of(UnsubscribeFailedKind, detail);

    public static ProblemHttpResult DiscoveryFailed(string detail) => Of(DiscoveryFailedKind, detail);

    public static ProblemHttpResult TooLarge(string detail) => Of(TooLargeKind, detail);

    public static ProblemHttpResult Malformed(FieldFault fault) => Of(MalformedRequestKind, fault.Detail, [fault]);

    public static ProblemHttpResult Invalid(IReadOnlyList<FieldFault> faults) => Of(ValidationFailedKind, faults[0].Detail, faults);

    /// <summary>A status that the framework set by itself, such as 405 or 415.</summary>
    public static ProblemHttpResult OfStatus(int status) => status == TooLargeKind.Status
        ? TooLarge("The body is over the limit of this route.")
        : Of(HttpKind with { Status = status }, $"HTTP status {status}.");

    public static ProblemHttpResult Of(MailException error) => Of(MailFaultProblems.KindOf(error.Fault), error.ServerText is { } words ? $"{error.Message} The server said: {words}" : error.Message);

    public static IEnumerable<ProblemKind> AllKinds =>
        typeof(Problems).GetFields(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)
            .Where(f => f.FieldType == typeof(ProblemKind)).Select(f => (ProblemKind)f.GetValue(null)!)
            .Concat(Enum.GetValues<MailFault>().Select(MailFaultProblems.KindOf)).DistinctBy(k => k.Code);

    private static ProblemHttpResult Of(ProblemKind kind, string detail, IReadOnlyList<FieldFault>? faults = null)
    {
        var problem = new ProblemDetails
        {
            Type = ProblemKind.TypePrefix + kind.Code, Title = kind.Title, Status = kind.Status, Detail = detail,
            Extensions = { ["code"] = kind.Code, ["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToString() },
        };
        if (faults is not null) { problem.Extensions["errors"] = faults; }

        return TypedResults.Problem(problem);
    }
}
