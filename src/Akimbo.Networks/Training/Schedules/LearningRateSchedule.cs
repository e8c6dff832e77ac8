namespace Akimbo.Networks.Training.Schedules;

/// <summary>The learning rate as a function of time, as a factor of the first one. A schedule has no state: the same time gives the same factor.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>The factor of the learning rate.</summary>
    /// <param name="time">Epochs (or steps, as the schedule's own numbers are meant) since the beginning, 0 or more; fractions are allowed.</param>
    public abstract double FactorAt(double time);

    /// <summary>The same after a rise in a straight line from a small factor.</summary>
    /// <param name="duration">How long the rise takes; 0 or more.</param>
    /// <param name="firstFactor">The factor at time 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative or the factor is outside 0 to 1.</exception>
    public LearningRateSchedule WithWarmUp(double duration, double firstFactor = 0) => new WarmUpSchedule(this, duration, firstFactor);

    private protected static void Require(bool condition, string what, double value)
    {
        if (!condition) throw new ArgumentOutOfRangeException(what, value, $"The schedule's {what} is out of its range.");
    }
}

/// <summary>Always the same.</summary>
public sealed record ConstantSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double FactorAt(double time) => 1;
}

/// <summary>Falls by a factor at regular times (<c>torch.optim.lr_scheduler.StepLR</c>).</summary>
public sealed record StepSchedule : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="period">The time from one fall to the next; above 0.</param>
    /// <param name="gamma">The factor of each fall; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public StepSchedule(double period, double gamma = 0.1)
    {
        Require(period > 0, nameof(period), period);
        Require(gamma >= 0, nameof(gamma), gamma);
        (Period, Gamma) = (period, gamma);
    }

    /// <summary>The time from one fall to the next.</summary>
    public double Period { get; }

    /// <summary>The factor of each fall.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public override double FactorAt(double time) => Math.Pow(Gamma, Math.Floor(time / Period));
}

/// <summary>Falls by a factor at given times (<c>torch.optim.lr_scheduler.MultiStepLR</c>).</summary>
public sealed record MultiStepSchedule : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="milestones">The times of the falls.</param>
    /// <param name="gamma">The factor of each fall; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative.</exception>
    public MultiStepSchedule(IReadOnlyList<double> milestones, double gamma = 0.1)
    {
        Require(gamma >= 0, nameof(gamma), gamma);
        (Milestones, Gamma) = (milestones, gamma);
    }

    /// <summary>The times of the falls.</summary>
    public IReadOnlyList<double> Milestones { get; }

    /// <summary>The factor of each fall.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public override double FactorAt(double time) => Math.Pow(Gamma, Milestones.Count(milestone => time >= milestone));
}

/// <summary>Falls along half a wave of the cosine, and stays at its end (<c>torch.optim.lr_scheduler.CosineAnnealingLR</c>).</summary>
public sealed record CosineSchedule : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="duration">The time of the whole fall; above 0.</param>
    /// <param name="lastFactor">The factor at its end; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public CosineSchedule(double duration, double lastFactor = 0)
    {
        Require(duration > 0, nameof(duration), duration);
        Require(lastFactor >= 0, nameof(lastFactor), lastFactor);
        (Duration, LastFactor) = (duration, lastFactor);
    }

    /// <summary>The time of the whole fall.</summary>
    public double Duration { get; }

    /// <summary>The factor at its end.</summary>
    public double LastFactor { get; }

    /// <inheritdoc/>
    public override double FactorAt(double time) => LastFactor + (1 - LastFactor) * (1 + Math.Cos(Math.PI * Math.Clamp(time / Duration, 0, 1))) / 2;
}

/// <summary>A rise in a straight line to what another schedule says.</summary>
public sealed record WarmUpSchedule : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="then">What follows; its time runs from the beginning too.</param>
    /// <param name="duration">How long the rise takes; 0 or more.</param>
    /// <param name="firstFactor">The factor at time 0, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public WarmUpSchedule(LearningRateSchedule then, double duration, double firstFactor = 0)
    {
        Require(duration >= 0, nameof(duration), duration);
        Require(firstFactor is >= 0 and <= 1, nameof(firstFactor), firstFactor);
        (Then, Duration, FirstFactor) = (then, duration, firstFactor);
    }

    /// <summary>What follows.</summary>
    public LearningRateSchedule Then { get; }

    /// <summary>How long the rise takes.</summary>
    public double Duration { get; }

    /// <summary>The factor at time 0.</summary>
    public double FirstFactor { get; }

    /// <inheritdoc/>
    public override double FactorAt(double time) => Then.FactorAt(time) * (time < Duration ? FirstFactor + (1 - FirstFactor) * time / Duration : 1);
}
