namespace Akimbo.Evaluation;

/// <summary>How people who were found several times in one image are reduced; see <see cref="OksSuppression"/>.</summary>
public enum OksSuppressionKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Whoever is too similar to somebody better is left out: <see cref="OksSuppression.Hard"/>.</summary>
    Hard,

    /// <summary>At most 20 people are kept, those that are unlike the better ones first: <see cref="OksSuppression.Soft"/>.</summary>
    Soft,
}
