using MailKit;
using MimeKit;

namespace Gateway.Features.Contacts;

/// <summary>Makes contacts of envelopes: whom one writes to counts more than who writes, and lately more than long ago.</summary>
internal sealed class ContactRanking(string own, DateTimeOffset now)
{
    private const int MaxContacts = 2000;
    private const double Written = 4;
    private const double Heard = 1;
    private const double HalfLifeDays = 60;

    private const string Accented = "áàâäãåāăąçćčďđéèêëēėęěğíìîïīįıłñńňóòôöõøōőŕřśşšťţúùûüūůűųýÿźżž";
    private const string Plain = "aaaaaaaaacccddeeeeeeeegiiiiiiilnnnoooooooorrsssttuuuuuuuuyyzzz";

    private static readonly string[] Machines = ["noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "bounce", "notifications"];

    private readonly Dictionary<string, (double Score, string Address, string? Name, DateTimeOffset Last)> _seen = new(StringComparer.OrdinalIgnoreCase);

    public void AddSent(IMessageSummary message)
    {
        if (message.Envelope is not { } envelope) { return; }

        foreach (var to in envelope.To.Concat(envelope.Cc).Concat(envelope.Bcc).OfType<MailboxAddress>()) { Add(to, Written, message); }
    }

    public void AddReceived(IMessageSummary message)
    {
        foreach (var from in message.Envelope?.From.Mailboxes ?? [])
        {
            if (!Machines.Any(name => from.LocalPart.StartsWith(name, StringComparison.OrdinalIgnoreCase))) { Add(from, Heard, message); }
        }
    }

    /// <summary>The contacts, those most likely to be meant first.</summary>
    public IReadOnlyList<Contact> Ranked() =>
        [.. _seen.Values.OrderByDescending(c => c.Score).Take(MaxContacts).Select(c => new Contact(c.Address, c.Name, c.Last))];

    /// <summary>Whether a word of the name, the address or its domain begins with what was typed, whatever its case and accents.</summary>
    public static bool Matches(Contact contact, string prefix) =>
        Begins(contact.Address, prefix) || Begins(contact.Address[(contact.Address.LastIndexOf('@') + 1)..], prefix)
        || (contact.Name is { } name && (Begins(name, prefix) || name.Split(' ', '-', '.', ',').Any(word => Begins(word, prefix))));

    private static bool Begins(string text, string prefix) => Folded(text).StartsWith(Folded(prefix), StringComparison.Ordinal);

    /// <summary>Without the accents of Latin letters: the server runs without the cultures' tables that would know them all.</summary>
    private static string Folded(string text) => string.Create(text.Length, text, static (folded, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            var lower = char.ToLowerInvariant(source[i]);
            folded[i] = Accented.IndexOf(lower, StringComparison.Ordinal) is >= 0 and var at ? Plain[at] : lower;
        }
    });

    private void Add(MailboxAddress mailbox, double weight, IMessageSummary message)
    {
        if (mailbox.Address.Equals(own, StringComparison.OrdinalIgnoreCase) || Rendering.Address.From([mailbox]) is not [{ Email: var address, Name: var name }] || !address.Contains('@', StringComparison.Ordinal)) { return; }

        var at = message.InternalDate is { } date && date < now ? date : now;
        var score = weight * Math.Pow(.5, (now - at).TotalDays / HalfLifeDays);
        var (sum, _, known, last) = _seen.GetValueOrDefault(address);
        var isLatest = at >= last;
        _seen[address] = (sum + score, address, isLatest ? name ?? known : known ?? name, isLatest ? at : last);
    }
}
