namespace Akimbo.Evaluation;

/// <summary>Whether numbers are numbers.</summary>
internal static class Finite
{
    public static bool All(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            if (!double.IsFinite(value)) return false;
        return true;
    }
}
