namespace Akimbo.Codecs;

/// <summary>Probabilities from logits, in double precision.</summary>
internal static class Softmax
{
    /// <summary>Replaces logits by probabilities.</summary>
    /// <param name="values">The logits; then numbers that sum up to 1, or zeros when a logit is NaN or the largest is infinite.</param>
    /// <param name="temperature">What the logits are divided by.</param>
    /// <returns>The largest probability; 0 when there are none.</returns>
    public static double Apply(Span<double> values, double temperature)
    {
        double max = double.NegativeInfinity;
        foreach (double value in values) max = Math.Max(max, value);
        if (!double.IsFinite(max))
        {
            values.Clear();
            return 0;
        }

        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Exp((values[i] - max) / temperature);
            sum += values[i];
        }

        for (int i = 0; i < values.Length; i++) values[i] /= sum;
        return 1 / sum;
    }

    /// <summary>The mean index under the probabilities.</summary>
    public static double Mean(ReadOnlySpan<double> probabilities)
    {
        double mean = 0;
        for (int i = 0; i < probabilities.Length; i++) mean += i * probabilities[i];
        return mean;
    }
}
