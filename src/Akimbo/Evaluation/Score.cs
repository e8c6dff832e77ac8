namespace Akimbo.Evaluation;

/// <summary>One number of a <see cref="ScoreTable"/>.</summary>
/// <param name="Name">What it is called in papers, such as <c>AP50</c>.</param>
/// <param name="Value">The number; −1 where there was nothing to measure it on.</param>
/// <param name="WhyAbsent">A sentence that explains a −1; null where there is a score.</param>
public sealed record Score(string Name, double Value, string? WhyAbsent = null)
{
    /// <summary>Whether there was nothing to measure it on.</summary>
    public bool IsAbsent => Value == -1;
}
