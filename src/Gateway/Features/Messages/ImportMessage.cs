using System.Buffers;
using Gateway.Features.Mailboxes;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Imap;
using Gateway.Rendering;
using MailKit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MimeKit;

namespace Gateway.Features.Messages;

internal static class ImportMessage
{
    private const int MaxBytes = 64 * 1024 * 1024;
    private const int InMemory = 64 * 1024; // the rest waits in a temporary file
    private const int MaxKeywords = 50;
    private static readonly ParserOptions Bounded = new() { MaxMimeDepth = RenderingLimits.PartDepth };

    public static void Map(IEndpointRouteBuilder messages) => messages.MapPost("", HandleAsync)
        .WithName("ImportMessage").WithSummary("Put a whole message into a mailbox, byte for byte; at most 64 MiB").Accepts<Stream>("message/rfc822")
        .WithMetadata(new RequestSizeLimitAttribute(MaxBytes)).WithProblems(413, 415, 422, 507).RequireScope(Scopes.MailWrite);

    /// <param name="accountId">The account.</param>
    /// <param name="mailbox">Where to put it.</param>
    /// <param name="flags">Flags it has from the beginning; may be given several times.</param>
    /// <param name="keywords">Keywords it has from the beginning; may be given several times.</param>
    /// <param name="receivedAt">When it was received; now when absent.</param>
    internal static async Task<Results<Created<MessageRow>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MailboxId mailbox, HttpRequest request, MailboxNumbers numbers, ImapPool pool, MessageRows rows, CancellationToken ct,
        [FromQuery] WireEnum<MessageFlag>[]? flags = null, [FromQuery] string[]? keywords = null, DateTimeOffset? receivedAt = null)
    {
        if (keywords is { Length: > MaxKeywords } || keywords?.All(Flags.IsKeyword) == false) { return Problems.Malformed(new(null, "keywords", "holds what is not a keyword, or too many")); }

        if (await numbers.FindAsync(accountId, mailbox, ct) is not { } place) { return Problems.MailboxNotFound; }

        request.EnableBuffering(InMemory, MaxBytes);
        if (await FaultAsync(request.Body, ct) is { } fault) { return Problems.Invalid([new("", null, fault)]); }

        var (imap, words) = Flags.ToImap(flags?.Select(f => f.Value).ToList(), keywords);
        using var message = await ParsedAsync(request.Body, ct);
        if (message is null) { return Problems.Invalid([new("", null, "is not a message (RFC 5322)")]); }

        var append = new AppendRequest(message, imap, words) { InternalDate = receivedAt };
        var uid = await pool.RunOnceAsync(accountId, place.Path, FolderAccess.ReadWrite, Lane.Interactive, lease => MessageAppending.AppendAsync(lease, place, append), ct);

        var at = new MessageLocation(place.Path, place.UidValidity, uid);
        var row = await rows.ReadAsync(accountId, at, ct);
        return TypedResults.Created($"/v1/accounts/{accountId}/messages/{row.Id}", row);
    }

    /// <summary>What was parsed is written again as the same bytes, but for bare line feeds.</summary>
    private static async Task<MimeMessage?> ParsedAsync(Stream body, CancellationToken ct)
    {
        body.Position = 0;
        try { return await MimeMessage.LoadAsync(Bounded, body, persistent: true, ct); }
        catch (FormatException) { return null; }
    }

    /// <summary>Reads the body to its end, and tells why it cannot be a message.</summary>
    private static async Task<string?> FaultAsync(Stream body, CancellationToken ct)
    {
        var limits = new ImportLimits();
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            for (int read; (read = await body.ReadAsync(buffer, ct)) > 0;) { limits.Take(buffer.AsSpan(0, read)); }
        }
        finally { ArrayPool<byte>.Shared.Return(buffer); }

        return limits.End();
    }
}
