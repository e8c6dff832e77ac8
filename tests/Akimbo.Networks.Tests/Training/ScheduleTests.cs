using Akimbo.Networks.Training.Schedules;

namespace Akimbo.Networks.Tests.Training;

public sealed class ScheduleTests
{
    [Fact]
    public void FactorAt_Steps_FallsAtEachPeriod()
    {
        var schedule = new StepSchedule(period: 10, gamma: 0.5);

        Assert.Equal([1, 1, 0.5, 0.5, 0.25], new[] { 0, 9.9, 10, 19, 20 }.Select(schedule.FactorAt));
    }

    [Fact]
    public void FactorAt_Milestones_FallsAtEach()
    {
        var schedule = new MultiStepSchedule([170, 200]);

        Assert.Equal([1, 0.1, 0.1 * 0.1], new[] { 169.0, 170, 210 }.Select(schedule.FactorAt));
    }

    [Fact]
    public void FactorAt_Cosine_FallsToTheLastFactorAndStays()
    {
        var schedule = new CosineSchedule(duration: 8, lastFactor: 0.2);

        Assert.Equal(1, schedule.FactorAt(0));
        Assert.Equal(0.6, schedule.FactorAt(4), 1e-12);
        Assert.Equal(0.2, schedule.FactorAt(8), 1e-12);
        Assert.Equal(0.2, schedule.FactorAt(80), 1e-12);
    }

    [Fact]
    public void FactorAt_WarmUp_RisesToWhatFollows()
    {
        var schedule = new MultiStepSchedule([8], gamma: 0.1).WithWarmUp(duration: 4, firstFactor: 0.5);

        Assert.Equal([0.5, 0.75, 1, 0.1], new[] { 0, 2.0, 4, 8 }.Select(schedule.FactorAt));
    }

    [Fact]
    public void Add_ScoresWithoutProgress_FallsAfterPatience()
    {
        var schedule = new PlateauSchedule(new PlateauOptions { Patience = 1, Gamma = 0.5, LargerIsBetter = true, Cooldown = 1, LeastFactor = 0.2 });

        Assert.Equal([false, false, false, true, false, false, true, false], new[] { 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.7 }.Select(schedule.Add));
        Assert.Equal(0.25, schedule.Factor);
        Assert.Equal(0.7, schedule.State.Best);

        var resumed = new PlateauSchedule(new PlateauOptions { Patience = 1, LargerIsBetter = true }) { State = schedule.State };
        Assert.Equal(0.25, resumed.Factor);
    }

    [Fact]
    public void Create_NumbersOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(period: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiStepSchedule([1], gamma: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(duration: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule().WithWarmUp(1, firstFactor: 2));
        Assert.Throws<ArgumentException>(() => new PlateauSchedule(new PlateauOptions { Gamma = 1 }));
    }
}
