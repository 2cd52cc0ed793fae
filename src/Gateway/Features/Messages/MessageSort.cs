using System.Text.Json.Serialization;

namespace Gateway.Features.Messages;

/// <summary>What a list is sorted by.</summary>
public enum MessageSort
{
    /// <summary>When it reached the mailbox.</summary>
    [JsonStringEnumMemberName("receivedAt")]
    ReceivedAt,

    /// <summary>What its Date header says; when it was received if that cannot be read.</summary>
    [JsonStringEnumMemberName("sentAt")]
    SentAt,

    /// <summary>Bytes of the raw message.</summary>
    Size,

    /// <summary>The first sender's name, or address where there is none.</summary>
    From,

    /// <summary>The subject without <c>Re:</c>, <c>Fwd:</c> and the name of a list in brackets.</summary>
    Subject,
}
