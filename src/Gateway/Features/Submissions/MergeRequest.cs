using System.Text.Json;
using Gateway.Features.Templates;
using Gateway.Rendering;

namespace Gateway.Features.Submissions;

/// <summary>Somebody who gets a mail of their own.</summary>
/// <param name="To">Whom it is for.</param>
/// <param name="Data">What the template's placeholders stand for in this mail, before the data that all have in common.</param>
public sealed record MergeRecipient(Address To, IReadOnlyDictionary<string, JsonElement>? Data = null);

/// <summary>One template, filled in for each recipient and sent to each alone.</summary>
/// <param name="Template">What makes the texts, and the data that all mails have in common.</param>
/// <param name="Recipients">1 to 500; each gets one mail.</param>
/// <param name="From">The account's own address or that of an identity; absent: the default identity's, else the account's.</param>
/// <param name="ReplyTo">Where answers should go, when not to the sender.</param>
/// <param name="Attachments">Files that go with each mail.</param>
/// <param name="Headers">Further header fields of each mail, at most 50.</param>
/// <param name="SaveToSent">File a copy of each in the Sent mailbox; <c>true</c> when absent.</param>
/// <param name="SendAt">Not before this; at most a year ahead.</param>
/// <param name="UndoSeconds">Wait so long before sending, 0 to 3,600.</param>
/// <param name="Hold">Keep them back until they are released.</param>
public sealed record MergeRequest(
    TemplateUse Template, IReadOnlyList<MergeRecipient> Recipients, Address? From = null, IReadOnlyList<Address>? ReplyTo = null,
    IReadOnlyList<SubmissionAttachment>? Attachments = null, IReadOnlyDictionary<string, string>? Headers = null, bool? SaveToSent = null,
    DateTimeOffset? SendAt = null, int? UndoSeconds = null, bool? Hold = null)
{
    /// <summary>The mail of one recipient.</summary>
    internal SubmissionRequest For(MergeRecipient recipient)
    {
        var data = new Dictionary<string, JsonElement>(Template.Data ?? new Dictionary<string, JsonElement>(), StringComparer.Ordinal);
        foreach (var (name, value) in recipient.Data ?? new Dictionary<string, JsonElement>()) { data[name] = value; }

        return new(To: [recipient.To], From: From, ReplyTo: ReplyTo, Attachments: Attachments, Headers: Headers, SendAt: SendAt, Template: Template with { Data = data });
    }
}

/// <summary>A mail that a merge made.</summary>
/// <param name="Address">Whom it is for.</param>
/// <param name="SubmissionId">Its submission.</param>
public sealed record MergedMail(string Address, string SubmissionId);

/// <summary>What a merge made.</summary>
/// <param name="Id">Merge id: lists its submissions.</param>
/// <param name="Items">One for each recipient, in their order.</param>
public sealed record MergeResult(string Id, IReadOnlyList<MergedMail> Items);
