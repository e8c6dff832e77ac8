namespace Akimbo.Evaluation;

/// <summary>
/// The sum of doubles in the order in which NumPy adds them (pairwise, eight partial sums in a block of at most 128), so that
/// scores equal those of NumPy programs to the last bit and not only to the twelfth digit.
/// </summary>
internal static class NumPySum
{
    private const int Block = 128;

    public static double Of(ReadOnlySpan<double> values)
    {
        if (values.Length > Block)
        {
            int half = values.Length / 2;
            half -= half % 8;
            return Of(values[..half]) + Of(values[half..]);
        }

        double sum = 0;
        int i = 0;
        if (values.Length >= 8)
        {
            Span<double> partial = stackalloc double[8];
            values[..8].CopyTo(partial);
            for (i = 8; i + 8 <= values.Length; i += 8)
                for (int lane = 0; lane < 8; lane++) partial[lane] += values[i + lane];
            sum = ((partial[0] + partial[1]) + (partial[2] + partial[3])) + ((partial[4] + partial[5]) + (partial[6] + partial[7]));
        }

        for (; i < values.Length; i++) sum += values[i];
        return sum;
    }

    /// <summary>The mean; the values must not be empty.</summary>
    public static double Mean(ReadOnlySpan<double> values) => Of(values) / values.Length;
}
