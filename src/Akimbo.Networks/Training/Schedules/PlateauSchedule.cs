namespace Akimbo.Networks.Training.Schedules;

/// <summary>The settings of a <see cref="PlateauSchedule"/>.</summary>
public sealed record PlateauOptions
{
    /// <summary>The factor of each fall, from 0 to below 1.</summary>
    public double Gamma { get; init; } = 0.1;

    /// <summary>Scores without progress that are put up with before a fall; 0 or more.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>The share of the best score by which a score must be better to count as progress; 0 or more.</summary>
    public double Threshold { get; init; } = 1e-4;

    /// <summary>Whether larger scores are better, as of an accuracy, rather than smaller ones, as of a loss.</summary>
    public bool LargerIsBetter { get; init; }

    /// <summary>Scores after a fall that are not counted as lacking progress; 0 or more.</summary>
    public int Cooldown { get; init; }

    /// <summary>The smallest factor.</summary>
    public double LeastFactor { get; init; }
}

/// <summary>
/// A learning rate that falls when a score no longer gets better (<c>torch.optim.lr_scheduler.ReduceLROnPlateau</c>, relative
/// threshold).
/// </summary>
public sealed class PlateauSchedule
{
    private readonly PlateauOptions _options;

    /// <summary>Makes the schedule.</summary>
    /// <param name="options">The settings; PyTorch's defaults when null.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public PlateauSchedule(PlateauOptions? options = null)
    {
        _options = options ?? new();
        if (!(_options.Gamma is >= 0 and < 1)) throw new ArgumentException($"The schedule's gamma is {_options.Gamma}; expected a number from 0 to below 1.", nameof(options));
        if (_options.Patience < 0 || _options.Cooldown < 0 || !(_options.Threshold >= 0))
            throw new ArgumentException("The schedule's patience, cooldown and threshold must be 0 or more.", nameof(options));
        State = new PlateauState(Factor: 1, Best: null, ScoresWithoutProgress: 0, CooldownLeft: 0);
    }

    /// <summary>All that the schedule remembers; setting it goes on from there.</summary>
    public PlateauState State { get; set; }

    /// <summary>The factor of the learning rate.</summary>
    public double Factor => State.Factor;

    /// <summary>Takes in the score of an epoch.</summary>
    /// <returns>Whether the factor fell.</returns>
    public bool Add(double score)
    {
        var (factor, best, bad, cooldown) = State;
        bool isBetter = best is not { } old || (_options.LargerIsBetter ? score > old * (1 + _options.Threshold) : score < old * (1 - _options.Threshold));
        bad = isBetter ? 0 : bad + 1;
        if (isBetter) best = score;
        if (cooldown > 0) (cooldown, bad) = (cooldown - 1, 0);

        bool falls = bad > _options.Patience;
        if (falls) (factor, cooldown, bad) = (Math.Max(factor * _options.Gamma, _options.LeastFactor), _options.Cooldown, 0);
        State = new PlateauState(factor, best, bad, cooldown);
        return falls;
    }
}

/// <summary>What a <see cref="PlateauSchedule"/> remembers.</summary>
/// <param name="Factor">The factor of the learning rate.</param>
/// <param name="Best">The best score, or null before the first.</param>
/// <param name="ScoresWithoutProgress">Scores since the last progress.</param>
/// <param name="CooldownLeft">Scores that are not yet counted again.</param>
public sealed record PlateauState(double Factor, double? Best, int ScoresWithoutProgress, int CooldownLeft);
