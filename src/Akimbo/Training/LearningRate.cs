using Akimbo.Networks.Training.Schedules;
using Akimbo.Training.Recipes;

namespace Akimbo.Training;

/// <summary>The learning rate of every step of a run.</summary>
internal sealed class LearningRate
{
    private readonly double _first;
    private readonly int _warmupSteps, _stepsPerEpoch;
    private readonly bool _countsSteps;
    private readonly LearningRateSchedule _schedule;
    private readonly PlateauSchedule? _plateau;

    /// <param name="recipe">The recipe.</param>
    /// <param name="stepsPerEpoch">Steps of the optimizer in an epoch.</param>
    public LearningRate(Recipe recipe, int stepsPerEpoch)
    {
        _first = recipe.Optimizer.LearningRate;
        _stepsPerEpoch = stepsPerEpoch;
        _warmupSteps = recipe.Schedule.WarmupSteps;
        _countsSteps = recipe.Schedule is MultiStepScheduleRecipe { InSteps: true };
        _schedule = recipe.Schedule switch
        {
            MultiStepScheduleRecipe steps => new MultiStepSchedule([.. steps.Milestones.Select(milestone => (double)milestone)], steps.Factor),
            CosineScheduleRecipe cosine => new CosineSchedule(recipe.Epochs, cosine.Minimum),
            _ => new ConstantSchedule(),
        };
        if (recipe.Schedule is PlateauScheduleRecipe plateau)
            _plateau = new PlateauSchedule(new PlateauOptions { Gamma = plateau.Factor, Patience = plateau.Patience, LargerIsBetter = true });
    }

    /// <summary>What the schedule remembers: nothing, unless it watches the score.</summary>
    public double[] State => _plateau is null
        ? []
        : [_plateau.State.Factor, _plateau.State.ScoresWithoutProgress, _plateau.State.CooldownLeft, .. _plateau.State.Best is double best ? new[] { best } : []];

    /// <summary>The rate of a step.</summary>
    /// <param name="steps">Steps done before it.</param>
    public double At(long steps)
    {
        // Whole epochs for schedules that count them, so that the rate stays during an epoch; the cosine falls with every step.
        double time = _schedule is CosineSchedule ? (double)steps / _stepsPerEpoch : _countsSteps ? steps : steps / _stepsPerEpoch;
        double warmup = steps < _warmupSteps ? (steps + 1.0) / _warmupSteps : 1;
        return _first * warmup * _schedule.FactorAt(time) * (_plateau?.Factor ?? 1);
    }

    /// <summary>A validation has given a score.</summary>
    public void Report(double score) => _plateau?.Add(score);

    /// <summary>Goes on from what an earlier process remembered.</summary>
    public void Restore(double[] state)
    {
        if (_plateau is not null && state is [var factor, var bad, var cooldown, .. var best])
            _plateau.State = new PlateauState(factor, best is [var score] ? score : null, (int)bad, (int)cooldown);
    }
}
